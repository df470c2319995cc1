import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { CheckPage } from './charter.schema.js';
import { Commitments } from './commitments.service.js';
import { Discipline } from './discipline.service.js';
import { Joining } from './joining.service.js';
import {
  MemberPage,
  MemberView,
  MembersQuery,
  PutAppeal,
  PutAppealDecision,
  PutApplication,
  PutAssessment,
  PutClosing,
  PutFinalSettlement,
  PutLeaving,
  PutMember,
  PutPeerReview,
  PutSignature,
  PutSuspension,
} from './member.schema.js';
import { Members } from './members.service.js';

const newId = { schema: wireNewId };
const anId = { schema: wireId };

@Controller('v1')
@ApiTags('charter')
@Access('charter:write')
export class CharterMembersController {
  constructor(
    private readonly members: Members,
    private readonly joining: Joining,
    private readonly discipline: Discipline,
    private readonly commitments: Commitments,
  ) {}

  @Get('charter-members')
  @Returns(200, MemberPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: MembersQuery }) query: MembersQuery,
  ): Promise<MemberPage> {
    return this.members.list(actor, query);
  }

  @Get('charter-members/:id')
  @Returns(200, MemberView)
  get(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<MemberView> {
    return this.members.get(actor, id);
  }

  @Get('charter-members/:id/commitments')
  @Returns(200, CheckPage)
  checks(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<CheckPage> {
    return this.commitments.checks(actor, id);
  }

  @Put('charter-members/:id')
  @Returns(200, MemberView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutMember }) body: PutMember,
  ): Promise<MemberView> {
    return this.members.put(actor, id, body);
  }

  @Put('charter-members/:id/application')
  @Returns(200, MemberView)
  apply(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutApplication }) body: PutApplication,
  ): Promise<MemberView> {
    return this.members.apply(actor, id, body);
  }

  @Put('charter-members/:id/assessments/:actId')
  @Returns(200, MemberView)
  assess(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutAssessment }) body: PutAssessment,
  ): Promise<MemberView> {
    return this.joining.assess(actor, id, actId, body);
  }

  @Put('charter-members/:id/peer-reviews/:actId')
  @Returns(200, MemberView)
  review(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutPeerReview }) body: PutPeerReview,
  ): Promise<MemberView> {
    return this.joining.review(actor, id, actId, body);
  }

  @Put('charter-members/:id/foundings/:actId')
  @Returns(200, MemberView)
  found(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
  ): Promise<MemberView> {
    return this.joining.found(actor, id, actId);
  }

  @Put('charter-members/:id/signatures/:actId')
  @Returns(200, MemberView)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutSignature }) body: PutSignature,
  ): Promise<MemberView> {
    return this.joining.sign(actor, id, actId, body);
  }

  @Put('charter-members/:id/confirmations/:actId')
  @Returns(200, MemberView)
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
  ): Promise<MemberView> {
    return this.joining.confirm(actor, id, actId);
  }

  @Put('charter-members/:id/suspensions/:actId')
  @Returns(200, MemberView)
  suspend(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutSuspension }) body: PutSuspension,
  ): Promise<MemberView> {
    return this.discipline.suspend(actor, id, actId, body);
  }

  @Put('charter-members/:id/terminations/:actId')
  @Returns(200, MemberView)
  terminate(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutLeaving }) body: PutLeaving,
  ): Promise<MemberView> {
    return this.discipline.terminate(actor, id, actId, body);
  }

  @Put('charter-members/:id/withdrawals/:actId')
  @Returns(200, MemberView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutLeaving }) body: PutLeaving,
  ): Promise<MemberView> {
    return this.discipline.withdraw(actor, id, actId, body);
  }

  @Put('charter-members/:id/closings/:actId')
  @Returns(200, MemberView)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutClosing }) body: PutClosing,
  ): Promise<MemberView> {
    return this.discipline.close(actor, id, actId, body);
  }

  @Put('charter-members/:id/final-settlements/:actId')
  @Returns(200, MemberView)
  settle(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('actId', newId) actId: string,
    @Body({ schema: PutFinalSettlement }) body: PutFinalSettlement,
  ): Promise<MemberView> {
    return this.discipline.settle(actor, id, actId, body);
  }

  @Put('charter-appeals/:id')
  @Returns(200, MemberView)
  appeal(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutAppeal }) body: PutAppeal,
  ): Promise<MemberView> {
    return this.discipline.appeal(actor, id, body);
  }

  @Put('charter-appeals/:id/decision')
  @Returns(200, MemberView)
  decide(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutAppealDecision }) body: PutAppealDecision,
  ): Promise<MemberView> {
    return this.discipline.decide(actor, id, body);
  }
}
