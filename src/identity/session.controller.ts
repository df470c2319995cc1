import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { endedCookie, sessionCookie, sessionToken } from './cookie.js';
import { AcceptedView } from './person.schema.js';
import { PostSession, SessionEndView, SessionView } from './session.schema.js';
import { Sessions } from './sessions.service.js';

@Controller('v1/sessions')
export class SessionController {
  /** Over https a browser never sends the cookie in the clear. */
  private readonly secure: boolean;

  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) config: Config,
  ) {
    this.secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  }

  @Post()
  @Public()
  @Returns(200, AcceptedView)
  async signIn(
    @Body({ schema: PostSession }) body: PostSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedView> {
    const token = await this.sessions.signIn(body, { ip: request.ip, token: sessionToken(request) });
    void reply.header('set-cookie', sessionCookie(token, this.secure));
    return { accepted: true };
  }

  @Get('current')
  @Access('profile:write')
  @Returns(200, SessionView)
  current(@CurrentActor() actor: Actor): Promise<SessionView> {
    return this.sessions.current(actor);
  }

  @Delete('current')
  @Access('profile:write')
  @Returns(200, SessionEndView)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionEndView> {
    await this.sessions.signOut(sessionToken(request) ?? '');
    void reply.header('set-cookie', endedCookie(this.secure));
    return { ended: true };
  }
}
