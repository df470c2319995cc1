import { Body, Controller, Delete, Get, Inject, Ip, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../kernel/problem.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access } from './access.js';
import { SessionCookies, sessionToken, TripCookies, tripSecret } from './cookie.js';
import { deviceName } from './device-name.rules.js';
import {
  IdentityProviderPage,
  IdentityProviderView,
  InstitutionAnswer,
  InstitutionSignInView,
  PostInstitutionSignIn,
  PutIdentityProvider,
} from './identity-provider.schema.js';
import { IdentityProviders } from './identity-providers.service.js';
import { InstitutionSignIns } from './institution-sign-ins.service.js';
import { relyingParty } from './relying-party.js';
import { StepUp } from './step-ups.service.js';

/** For the operator of the platform. */
@Controller('v1')
@Access('platform:write')
@StepUp('PLATFORM')
export class IdentityProviderController {
  constructor(
    private readonly providers: IdentityProviders,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Put('identity-providers/:id')
  @Returns(200, IdentityProviderView)
  put(
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutIdentityProvider }) body: PutIdentityProvider,
    @Req() request: FastifyRequest,
  ): Promise<IdentityProviderView> {
    return this.providers.put(id, body, relyingParty(this.config, request).origin);
  }

  @Get('organisations/:id/identity-providers')
  @Returns(200, IdentityProviderPage)
  list(
    @Param('id', { schema: wireId }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<IdentityProviderPage> {
    return this.providers.list(id, relyingParty(this.config, request).origin);
  }

  @Delete('identity-providers/:id')
  @Returns(200, IdentityProviderView)
  end(
    @Param('id', { schema: wireId }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<IdentityProviderView> {
    return this.providers.end(id, relyingParty(this.config, request).origin);
  }
}

@Controller('v1/institution-sign-ins')
@Public()
export class InstitutionSignInController {
  constructor(
    private readonly signIns: InstitutionSignIns,
    private readonly cookies: SessionCookies,
    private readonly trips: TripCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Returns(200, InstitutionSignInView)
  async begin(
    @Body({ schema: PostInstitutionSignIn }) body: PostInstitutionSignIn,
    @Req() request: FastifyRequest,
    @Ip() ip: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstitutionSignInView> {
    const { browser, ...view } = await this.signIns.begin(
      body,
      relyingParty(this.config, request).origin,
      ip,
    );
    this.trips.set(reply, browser);
    return view;
  }

  /** Where the institution sends the browser back to: in, or to the sign-in page with the reason. */
  @Get('callback')
  async finish(
    @Query({ schema: InstitutionAnswer }) answer: InstitutionAnswer,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const url = new URL(request.url, relyingParty(this.config, request).origin);
    const device = deviceName(request.headers['user-agent']);
    const from = { ip: request.ip, device, token: sessionToken(request) };
    this.trips.end(reply);
    const target = await this.signIns
      .finish(answer, { url, browser: tripSecret(request) }, from)
      .then(({ token, next }) => {
        this.cookies.set(reply, token);
        return next;
      })
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        return `/sign-in?fault=${error.code}`;
      });
    await reply.redirect(target, 302);
  }
}
