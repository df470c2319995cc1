import { Body, Controller, Get, Header, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { ScanView, VisitView } from './checkin.schema.js';
import {
  FoundGuestView,
  OfSpace,
  OverridePage,
  PosterKeyView,
  PosterView,
  PostGuestSearch,
  PutCorrection,
  PutHandCheckIn,
  PutOverride,
  PutPoster,
  PutPresence,
  PutSelfCheckIn,
  PutUndo,
} from './desk.schema.js';
import { HandCheckIns } from './hand-check-ins.service.js';
import { Overrides } from './overrides.service.js';
import { Posters } from './posters.service.js';
import { Presences } from './presences.service.js';
import { SelfCheckIns } from './self-check-ins.service.js';
import { VisitChanges } from './visit-changes.service.js';

/** At the counter: by hand, against a refusal, and put right. */
@Controller('v1')
export class DeskController {
  constructor(
    private readonly changes: VisitChanges,
    private readonly hand: HandCheckIns,
    private readonly overrides: Overrides,
    private readonly presences: Presences,
  ) {}

  @Put('visits/:id/undo')
  @Access('visits:write')
  @Returns(200, VisitView)
  undo(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutUndo }) body: PutUndo,
  ): Promise<VisitView> {
    return this.changes.undo(actor, id, body);
  }

  @Put('visits/:id/correction')
  @Access('spaces:write')
  @Returns(200, VisitView)
  correct(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutCorrection }) body: PutCorrection,
  ): Promise<VisitView> {
    return this.changes.correct(actor, id, body);
  }

  @Put('bookings/:id/presence')
  @Access('spaces:write')
  @Returns(200, VisitView)
  wasHere(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutPresence }) body: PutPresence,
  ): Promise<VisitView> {
    return this.presences.put(actor, id, body);
  }

  @Post('guest-searches')
  @Access('visits:write')
  @Returns(200, FoundGuestView)
  search(
    @CurrentActor() actor: Actor,
    @Body({ schema: PostGuestSearch }) body: PostGuestSearch,
  ): Promise<FoundGuestView> {
    return this.hand.search(actor, body);
  }

  @Put('hand-check-ins/:id')
  @Access('visits:write')
  @Returns(200, ScanView)
  checkIn(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutHandCheckIn }) body: PutHandCheckIn,
  ): Promise<ScanView> {
    return this.hand.put(actor, id, body);
  }

  @Put('overrides/:id')
  @Access('visits:override')
  @Returns(200, ScanView)
  override(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutOverride }) body: PutOverride,
  ): Promise<ScanView> {
    return this.overrides.put(actor, id, body);
  }

  @Get('overrides')
  @Access('visits:override')
  @Returns(200, OverridePage)
  listOverrides(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfSpace }) query: OfSpace,
  ): Promise<OverridePage> {
    return this.overrides.list(actor, query);
  }
}

/** The door that guests scan themselves. */
@Controller('v1')
export class PosterController {
  constructor(
    private readonly posters: Posters,
    private readonly selfCheckIns: SelfCheckIns,
  ) {}

  @Put('posters/:id')
  @Access('spaces:write')
  @Returns(200, PosterView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPoster }) body: PutPoster,
  ): Promise<PosterView> {
    return this.posters.put(actor, id, body);
  }

  @Get('spaces/:id/poster')
  @Access('visits:read')
  @Returns(200, PosterView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PosterView> {
    return this.posters.ofSpace(actor, id);
  }

  @Get('spaces/:id/poster.svg')
  @Access('visits:read')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('image/svg+xml')
  async picture(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    const bytes = await this.posters.picture(actor, id);
    return new StreamableFile(bytes, { type: 'image/svg+xml', length: bytes.length });
  }

  @Get('poster-key')
  @Public()
  @Returns(200, PosterKeyView)
  key(): PosterKeyView {
    return this.posters.publicKey();
  }

  @Put('self-check-ins/:id')
  @Access('bookings:write')
  @Returns(200, ScanView)
  checkIn(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutSelfCheckIn }) body: PutSelfCheckIn,
  ): Promise<ScanView> {
    return this.selfCheckIns.put(actor, id, body);
  }
}
