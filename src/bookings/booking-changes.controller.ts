import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ArrivalQuery, ArrivalView } from './arrival.schema.js';
import { Arrivals } from './arrivals.service.js';
import { BookingChanges } from './booking-changes.service.js';
import { BookingView, PutChange, RebookingView } from './booking.schema.js';
import { bookingView, offerWithOptionsView } from './booking.views.js';

@Controller('v1')
export class BookingChangesController {
  constructor(
    private readonly changes: BookingChanges,
    private readonly arrivals: Arrivals,
  ) {}

  /** Answers with what the booking became. */
  @Put('bookings/:id/change')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutChange }) body: PutChange,
  ): Promise<BookingView> {
    return bookingView(await this.changes.change(actor, id, body));
  }

  @Get('bookings/:id/rebooking')
  @Access('bookings:write')
  @Returns(200, RebookingView)
  async rebooking(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<RebookingView> {
    return offerWithOptionsView(await this.changes.rebooking(actor, id));
  }

  @Delete('bookings/:id/cancellation')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async restore(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BookingView> {
    return bookingView(await this.changes.restore(actor, id));
  }

  @Get('spaces/:id/arrival')
  @Access('bookings:read')
  @Returns(200, ArrivalView)
  arrival(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: ArrivalQuery }) query: ArrivalQuery,
  ): Promise<ArrivalView> {
    return this.arrivals.foresee(actor, id, query);
  }
}
