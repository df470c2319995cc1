import { Body, Controller, Delete, Get, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { SessionCookies } from './cookie.js';
import {
  FoundPeopleView,
  ImpersonationView,
  OrganisationRowsView,
  PostPeopleSearch,
  PutImpersonation,
} from './impersonation.schema.js';
import { Impersonations } from './impersonations.service.js';
import { WhileLooking } from './looking.js';
import { SessionEndView } from './session.schema.js';
import { Registry } from './registry.service.js';
import { StepUp } from './step-ups.service.js';

/** The operator's own rooms: everybody's rights pass through here. */
@Controller('v1')
export class PlatformController {
  constructor(
    private readonly registry: Registry,
    private readonly impersonations: Impersonations,
    private readonly cookies: SessionCookies,
  ) {}

  /** A search by POST: what is looked for is somebody, and stands in no address. */
  @Post('people-searches')
  @Access('platform:write')
  @StepUp('PLATFORM')
  @Returns(200, FoundPeopleView)
  find(@Body({ schema: PostPeopleSearch }) { text }: PostPeopleSearch): Promise<FoundPeopleView> {
    return this.registry.find(text);
  }

  @Get('organisations')
  @Access('platform:write')
  @StepUp('PLATFORM')
  @Returns(200, OrganisationRowsView)
  organisations(): Promise<OrganisationRowsView> {
    return this.registry.organisations();
  }

  @Put('impersonations/:id')
  @Access('platform:write')
  @StepUp('PLATFORM')
  @Returns(200, ImpersonationView)
  async look(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutImpersonation }) body: PutImpersonation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImpersonationView> {
    const { view, token } = await this.impersonations.put(actor, id, body);
    this.cookies.set(reply, token);
    return view;
  }

  @Delete('impersonations/current')
  @Access('profile:write')
  @WhileLooking()
  @Returns(200, SessionEndView)
  async stopLooking(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionEndView> {
    this.cookies.set(reply, await this.impersonations.end(actor));
    return { ended: true };
  }
}
