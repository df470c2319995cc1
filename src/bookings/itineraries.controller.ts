import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Itineraries } from './itineraries.service.js';
import {
  ItineraryCancellationView,
  ItineraryQuoteView,
  ItineraryView,
  PutItinerary,
  PutItineraryCancellation,
  PutItineraryQuote,
} from './itinerary.schema.js';
import { itineraryCancellationView, itineraryQuoteView, itineraryView } from './itinerary.views.js';

@Controller('v1')
export class ItinerariesController {
  constructor(private readonly itineraries: Itineraries) {}

  @Put('itinerary-quotes/:id')
  @Access('bookings:write')
  @Returns(200, ItineraryQuoteView)
  async quote(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutItineraryQuote }) body: PutItineraryQuote,
  ): Promise<ItineraryQuoteView> {
    return itineraryQuoteView(await this.itineraries.quote(actor, id, body));
  }

  @Put('itineraries/:id')
  @Access('bookings:write')
  @Returns(200, ItineraryView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutItinerary }) body: PutItinerary,
  ): Promise<ItineraryView> {
    return itineraryView(await this.itineraries.put(actor, id, body));
  }

  @Get('itineraries/:id')
  @Access('bookings:read')
  @Returns(200, ItineraryView)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ItineraryView> {
    return itineraryView(await this.itineraries.get(actor, id));
  }

  @Put('itineraries/:id/cancellation')
  @Access('bookings:write')
  @Returns(200, ItineraryCancellationView)
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutItineraryCancellation }) body: PutItineraryCancellation,
  ): Promise<ItineraryCancellationView> {
    return itineraryCancellationView(id, await this.itineraries.cancel(actor, id, body));
  }
}
