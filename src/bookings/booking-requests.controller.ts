import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Open } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { BookingRequests } from './booking-requests.service.js';
import { BookingPage, BookingView, PutDecline } from './booking.schema.js';
import { bookingView } from './booking.views.js';
import { Guests } from './guests.service.js';
import { SearchPage } from './search.schema.js';
import { PutSpaceTerms, SpaceTermsView, type SpaceTerms } from './space-terms.schema.js';
import { TermsOfSpaces } from './space-terms.service.js';

@Controller('v1')
export class BookingRequestsController {
  constructor(
    private readonly requests: BookingRequests,
    private readonly guests: Guests,
    private readonly spaceTerms: TermsOfSpaces,
  ) {}

  @Get('spaces/:id/terms')
  @Open()
  @Returns(200, SpaceTermsView)
  terms(@Param('id', { schema: wireId }) id: string): Promise<SpaceTerms> {
    return this.spaceTerms.get(id);
  }

  @Put('spaces/:id/terms')
  @Access('spaces:write')
  @Returns(200, SpaceTermsView)
  putTerms(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutSpaceTerms }) body: SpaceTerms,
  ): Promise<SpaceTerms> {
    return this.spaceTerms.put(actor, id, body);
  }

  @Get('spaces/:id/booking-requests')
  @Access('bookings:read')
  @Returns(200, BookingPage)
  async asked(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BookingPage> {
    const bookings = await this.requests.asked(actor, id);
    const guests = await this.guests.of(bookings);
    return { items: bookings.map((booking) => bookingView(booking, guests.get(booking.id))), next: null };
  }

  @Put('bookings/:id/acceptance')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<BookingView> {
    return bookingView(await this.requests.accept(actor, id));
  }

  @Put('bookings/:id/decline')
  @Access('bookings:write')
  @Returns(200, BookingView)
  async decline(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutDecline }) body: PutDecline,
  ): Promise<BookingView> {
    return bookingView(await this.requests.decline(actor, id, body));
  }

  @Get('bookings/:id/alternatives')
  @Access('bookings:read')
  @Returns(200, SearchPage)
  alternatives(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SearchPage> {
    return this.requests.alternatives(actor, id);
  }
}
