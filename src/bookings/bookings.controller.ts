import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  BookingPage,
  BookingsQuery,
  BookingView,
  PutBooking,
  PutCancellation,
  PutQuote,
  QuoteView,
} from './booking.schema.js';
import { bookingView, quoteView } from './booking.views.js';
import { Bookings } from './bookings.service.js';
import { Guests } from './guests.service.js';
import { KnownBookings } from './known-bookings.js';
import { Quotes } from './quotes.service.js';

@Controller('v1')
export class BookingsController {
  constructor(
    private readonly bookings: Bookings,
    private readonly known: KnownBookings,
    private readonly guests: Guests,
    private readonly quotes: Quotes,
  ) {}

  @Put('quotes/:id')
  @Access('bookings:write')
  @Returns(200, QuoteView)
  async quote(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutQuote }) body: PutQuote,
  ): Promise<QuoteView> {
    return quoteView(await this.quotes.put(actor, id, body));
  }

  @Put('bookings/:id')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutBooking }) body: PutBooking,
  ): Promise<BookingView> {
    return bookingView(await this.bookings.put(actor, id, body));
  }

  @Get('bookings')
  @Access('bookings:read')
  @Returns(200, BookingPage)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: BookingsQuery }) query: BookingsQuery,
  ): Promise<BookingPage> {
    const bookings = await this.known.list(actor, query);
    const guests = await this.guests.of(query.spaceId === undefined ? [] : bookings);
    const items = bookings.map((booking) => bookingView(booking, guests.get(booking.id)));
    return { items, next: items.length === query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Get('bookings/:id')
  @Access('bookings:read')
  @Returns(200, BookingView)
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<BookingView> {
    return bookingView(await this.known.get(actor, id));
  }

  @Put('bookings/:id/confirmation')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BookingView> {
    return bookingView(await this.bookings.confirm(actor, id));
  }

  @Put('bookings/:id/cancellation')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutCancellation }) body: PutCancellation,
  ): Promise<BookingView> {
    return bookingView(await this.bookings.cancel(actor, id, body));
  }
}
