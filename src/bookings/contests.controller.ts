import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ContestView, OpenContestPage, PutContest, PutContestAnswer } from './contest.schema.js';
import { Contests } from './contests.service.js';

@Controller('v1')
export class ContestsController {
  constructor(private readonly contests: Contests) {}

  @Get('bookings/:id/contest')
  @Access('bookings:read')
  @Returns(200, ContestView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ContestView> {
    return this.contests.get(actor, id);
  }

  @Put('bookings/:id/contest')
  @Access('bookings:write')
  @Returns(200, ContestView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutContest }) body: PutContest,
  ): Promise<ContestView> {
    return this.contests.put(actor, id, body);
  }

  @Put('bookings/:id/contest/answer')
  @Access('spaces:write')
  @Returns(200, ContestView)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutContestAnswer }) body: PutContestAnswer,
  ): Promise<ContestView> {
    return this.contests.answer(actor, id, body);
  }

  @Get('spaces/:id/contests')
  @Access('bookings:read')
  @Returns(200, OpenContestPage)
  open(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<OpenContestPage> {
    return this.contests.open(actor, id);
  }
}
