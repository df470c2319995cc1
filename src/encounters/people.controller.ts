import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  ComerPage,
  ComersQuery,
  IntroductionMadeView,
  IntroductionPage,
  IntroductionView,
  PutIntroduction,
  PutIntroductionOutcome,
  PutSharing,
  PutWelcome,
  PutWorkstreamEntry,
  PutWorkstreamMember,
  SharingPage,
  SharingView,
  WelcomeView,
  WorkstreamPage,
  wireWorkstream,
  type WorkstreamView,
} from './people.schema.js';
import { People } from './people.service.js';
import { Workstreams } from './workstreams.service.js';

const anId = { schema: wireId };
const aNewId = { schema: wireNewId };

/** Who comes, who is brought together, who works on what. */
@Controller('v1')
@ApiTags('connected places')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly workstreams: Workstreams,
  ) {}

  @Get('sharings')
  @Access('profile:write')
  @Returns(200, SharingPage)
  mine(@CurrentActor() actor: Actor): Promise<SharingPage> {
    return this.people.mine(actor);
  }

  @Put('sharings/:id')
  @Access('profile:write')
  @Returns(200, SharingView)
  share(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutSharing }) body: PutSharing,
  ): Promise<SharingView> {
    return this.people.share(actor, id, body);
  }

  @Delete('sharings/:id')
  @Access('profile:write')
  @Returns(200, SharingView)
  withdraw(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<SharingView> {
    return this.people.withdraw(actor, id);
  }

  @Get('comers')
  @Access('places:read')
  @Returns(200, ComerPage)
  comers(
    @CurrentActor() actor: Actor,
    @Query({ schema: ComersQuery }) { spaceId }: ComersQuery,
  ): Promise<ComerPage> {
    return this.people.comers(actor, spaceId);
  }

  @Get('introductions')
  @Access('profile:write')
  @Returns(200, IntroductionPage)
  introductions(@CurrentActor() actor: Actor): Promise<IntroductionPage> {
    return this.people.introductions(actor);
  }

  @Put('introductions/:id')
  @Access('encounters:write')
  @Returns(200, IntroductionMadeView)
  introduce(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutIntroduction }) body: PutIntroduction,
  ): Promise<IntroductionMadeView> {
    return this.people.introduce(actor, id, body);
  }

  @Put('introductions/:id/outcome')
  @Access('profile:write')
  @Returns(200, IntroductionView)
  tellOutcome(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutIntroductionOutcome }) body: PutIntroductionOutcome,
  ): Promise<IntroductionView> {
    return this.people.tellOutcome(actor, id, body);
  }

  @Get('spaces/:spaceId/welcome')
  @Public()
  @Returns(200, WelcomeView)
  welcomeOf(@Param('spaceId', anId) spaceId: string): Promise<WelcomeView> {
    return this.people.welcomeOf(spaceId);
  }

  @Put('spaces/:spaceId/welcome')
  @Access('encounters:write')
  @Returns(200, WelcomeView)
  welcome(
    @CurrentActor() actor: Actor,
    @Param('spaceId', anId) spaceId: string,
    @Body({ schema: PutWelcome }) body: PutWelcome,
  ): Promise<WelcomeView> {
    return this.people.welcome(actor, spaceId, body);
  }

  @Get('workstreams')
  @Open()
  @Returns(200, WorkstreamPage)
  listWorkstreams(@CurrentVisitor() visitor: Actor | null): Promise<WorkstreamPage> {
    return this.workstreams.list(visitor);
  }

  @Put('workstreams/:workstream/entries/:id')
  @Access('encounters:write')
  @Returns(200, WorkstreamPage)
  write(
    @CurrentActor() actor: Actor,
    @Param('workstream', { schema: wireWorkstream }) workstream: WorkstreamView['workstream'],
    @Param('id', aNewId) id: string,
    @Body({ schema: PutWorkstreamEntry }) body: PutWorkstreamEntry,
  ): Promise<WorkstreamPage> {
    return this.workstreams.write(actor, workstream, id, body);
  }

  @Put('workstreams/:workstream/membership')
  @Access('places:read')
  @Returns(200, WorkstreamPage)
  join(
    @CurrentActor() actor: Actor,
    @Param('workstream', { schema: wireWorkstream }) workstream: WorkstreamView['workstream'],
    @Body({ schema: PutWorkstreamMember }) body: PutWorkstreamMember,
  ): Promise<WorkstreamPage> {
    return this.workstreams.join(actor, workstream, body);
  }

  @Delete('workstreams/:workstream/membership')
  @Access('places:read')
  @Returns(200, WorkstreamPage)
  leave(
    @CurrentActor() actor: Actor,
    @Param('workstream', { schema: wireWorkstream }) workstream: WorkstreamView['workstream'],
  ): Promise<WorkstreamPage> {
    return this.workstreams.leave(actor, workstream);
  }
}
