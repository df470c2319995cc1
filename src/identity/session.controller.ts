import { Body, Controller, Delete, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { wireId } from '../kernel/wire.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { SessionCookies, sessionToken } from './cookie.js';
import { deviceName } from './device-name.rules.js';
import { OwnSessionsView, PostProof, SignedChallenge } from './factor.schema.js';
import { WhileLooking } from './looking.js';
import { Passkeys } from './passkeys.service.js';
import { AcceptedView } from './person.schema.js';
import { Proofs } from './proofs.service.js';
import { relyingParty } from './relying-party.js';
import { PostSession, SessionEndView, SessionView } from './session.schema.js';
import { Sessions, type Browser } from './sessions.service.js';
import { SignIns } from './sign-ins.service.js';

@Controller('v1/sessions')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIns: SignIns,
    private readonly cookies: SessionCookies,
  ) {}

  @Post()
  @Public()
  @Returns(200, AcceptedView)
  async signIn(
    @Body({ schema: PostSession }) body: PostSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedView> {
    this.cookies.set(reply, await this.signIns.byPassword(body, browserOf(request)));
    return { accepted: true };
  }

  @Get()
  @Access('profile:write')
  @Returns(200, OwnSessionsView)
  list(@CurrentActor() actor: Actor): Promise<OwnSessionsView> {
    return this.sessions.list(actor);
  }

  @Get('current')
  @Access('profile:write')
  @Returns(200, SessionView)
  current(@CurrentActor() actor: Actor): Promise<SessionView> {
    return this.sessions.current(actor);
  }

  @Delete()
  @Access('profile:write')
  @Returns(200, SessionEndView)
  async signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionEndView> {
    await this.sessions.endEverywhere(actor);
    this.cookies.end(reply);
    return { ended: true };
  }

  @Delete('current')
  @Access('profile:write')
  @WhileLooking()
  @Returns(200, SessionEndView)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionEndView> {
    await this.sessions.signOut(sessionToken(request) ?? '');
    this.cookies.end(reply);
    return { ended: true };
  }

  @Delete(':id')
  @Access('profile:write')
  @Returns(200, SessionEndView)
  async endOne(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SessionEndView> {
    await this.sessions.endOne(actor, id);
    return { ended: true };
  }
}

/** Signing in by a passkey, and showing once more who one is: both give a new token. */
@Controller('v1/sessions')
export class ProofController {
  constructor(
    private readonly sessions: Sessions,
    private readonly passkeys: Passkeys,
    private readonly proofs: Proofs,
    private readonly cookies: SessionCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('passkey')
  @Public()
  @Returns(200, AcceptedView)
  async signInByPasskey(
    @Body({ schema: SignedChallenge }) body: SignedChallenge,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedView> {
    const site = relyingParty(this.config, request);
    const personId = await this.passkeys.personOf(body, site);
    this.cookies.set(reply, await this.sessions.begin(personId, browserOf(request), 'PASSKEY'));
    return { accepted: true };
  }

  @Post('current/proof')
  @Access('profile:write')
  @Returns(200, AcceptedView)
  async proveAgain(
    @CurrentActor() actor: Actor,
    @Body({ schema: PostProof }) body: PostProof,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedView> {
    const site = relyingParty(this.config, request);
    this.cookies.set(reply, await this.proofs.give(actor, body, site));
    return { accepted: true };
  }
}

function browserOf(request: FastifyRequest): Browser {
  const device = deviceName(request.headers['user-agent']);
  return { ip: request.ip, device, token: sessionToken(request) };
}
