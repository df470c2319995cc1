import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { QuoteView } from './booking.schema.js';
import { quoteView } from './booking.views.js';
import {
  LinePage,
  LineQuery,
  PutWait,
  PutWaitAcceptance,
  PutWaitTerms,
  WaitPage,
  WaitTermsView,
  WaitView,
  type WaitTerms,
} from './wait.schema.js';
import { WaitAnswers } from './wait-answers.service.js';
import { waitView } from './wait.views.js';
import { Waits } from './waits.service.js';

@Controller('v1')
export class WaitsController {
  constructor(
    private readonly waits: Waits,
    private readonly answers: WaitAnswers,
  ) {}

  @Put('waits/:id')
  @Access('bookings:write')
  @Returns(200, WaitView)
  async join(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutWait }) body: PutWait,
  ): Promise<WaitView> {
    return waitView(await this.waits.join(actor, id, body));
  }

  @Get('waits')
  @Access('bookings:read')
  @Returns(200, WaitPage)
  async list(@CurrentActor() actor: Actor): Promise<WaitPage> {
    return { items: (await this.waits.list(actor)).map(waitView), next: null };
  }

  @Get('waits/:id')
  @Access('bookings:read')
  @Returns(200, WaitView)
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WaitView> {
    return waitView(await this.waits.get(actor, id));
  }

  @Put('waits/:id/quotes/:quoteId')
  @Access('bookings:write')
  @Returns(200, QuoteView)
  async quote(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('quoteId', { schema: wireNewId }) quoteId: string,
  ): Promise<QuoteView> {
    return quoteView(await this.answers.quote(actor, id, quoteId));
  }

  @Put('waits/:id/acceptance')
  @Access('bookings:write')
  @Returns(200, WaitView)
  async accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutWaitAcceptance }) body: PutWaitAcceptance,
  ): Promise<WaitView> {
    return waitView(await this.answers.accept(actor, id, body));
  }

  @Put('waits/:id/decline')
  @Access('bookings:write')
  @Returns(200, WaitView)
  async decline(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<WaitView> {
    return waitView(await this.answers.decline(actor, id));
  }

  @Delete('waits/:id')
  @Access('bookings:write')
  @Returns(200, WaitView)
  async leave(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<WaitView> {
    return waitView(await this.answers.leave(actor, id));
  }

  @Get('spaces/:id/waits')
  @Access('bookings:read')
  @Returns(200, LinePage)
  async line(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: LineQuery }) query: LineQuery,
  ): Promise<LinePage> {
    return { items: await this.waits.line(actor, id, query), next: null };
  }

  @Get('spaces/:id/wait-terms')
  @Public()
  @Returns(200, WaitTermsView)
  terms(@Param('id', { schema: wireId }) id: string): Promise<WaitTerms> {
    return this.waits.terms(id);
  }

  @Put('spaces/:id/wait-terms')
  @Access('spaces:write')
  @Returns(200, WaitTermsView)
  putTerms(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutWaitTerms }) body: WaitTerms,
  ): Promise<WaitTerms> {
    return this.waits.putTerms(actor, id, body);
  }
}
