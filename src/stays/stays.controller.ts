import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Agreements } from './agreements.service.js';
import { Applications } from './applications.service.js';
import { Drafts } from './drafts.service.js';
import { Placements } from './placements.service.js';
import {
  PutStay,
  PutStayAgreement,
  PutStayAnswer,
  PutStayDecision,
  PutStayMatch,
  PutStaySignature,
  StayPage,
  StaysQuery,
  StayView,
} from './stay.schema.js';
import { Stays } from './stays.service.js';

/** From an application to a signed agreement. */
@ApiTags('stays')
@Controller('v1/stays')
@Access('stays:apply')
export class StaysController {
  constructor(
    private readonly stays: Stays,
    private readonly drafts: Drafts,
    private readonly applications: Applications,
    private readonly placements: Placements,
    private readonly agreements: Agreements,
  ) {}

  @Get()
  @Returns(200, StayPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: StaysQuery }) query: StaysQuery): Promise<StayPage> {
    return this.stays.list(actor, query);
  }

  @Get(':id')
  @Returns(200, StayView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<StayView> {
    return this.stays.get(actor, id);
  }

  @Put(':id')
  @Returns(200, StayView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutStay }) body: PutStay,
  ): Promise<StayView> {
    await this.drafts.put(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put(':id/submission')
  @Returns(200, StayView)
  async submit(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<StayView> {
    await this.applications.submit(actor, id);
    return this.stays.get(actor, id);
  }

  @Put(':id/decision')
  @Returns(200, StayView)
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayDecision }) body: PutStayDecision,
  ): Promise<StayView> {
    await this.applications.decide(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put(':id/match')
  @Returns(200, StayView)
  async match(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayMatch }) body: PutStayMatch,
  ): Promise<StayView> {
    await this.placements.propose(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put(':id/match-answer')
  @Returns(200, StayView)
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayAnswer }) body: PutStayAnswer,
  ): Promise<StayView> {
    await this.placements.answer(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put(':id/agreement')
  @Returns(200, StayView)
  async draft(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayAgreement }) body: PutStayAgreement,
  ): Promise<StayView> {
    await this.agreements.draft(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put(':id/signature')
  @Returns(200, StayView)
  async sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStaySignature }) body: PutStaySignature,
  ): Promise<StayView> {
    await this.agreements.sign(actor, id, body);
    return this.stays.get(actor, id);
  }
}
