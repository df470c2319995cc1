import { Body, Controller, Delete, Ip, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { deviceName } from './device-name.rules.js';
import { PasswordResets } from './password-resets.service.js';
import { People } from './people.service.js';
import {
  AcceptedView,
  PersonView,
  PostPasswordReset,
  PutEmailConfirmation,
  PutPasswordReset,
  PutPerson,
  PutProfile,
} from './person.schema.js';
import { Registrations } from './registrations.service.js';

@Controller('v1/people')
export class PersonController {
  constructor(
    private readonly people: People,
    private readonly registrations: Registrations,
  ) {}

  @Put(':id')
  @Public()
  @Returns(200, PersonView)
  register(
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPerson }) body: PutPerson,
    @Ip() ip: string,
  ): Promise<PersonView> {
    return this.registrations.register(id, body, ip);
  }

  @Put(':id/email-confirmation')
  @Public()
  @Returns(200, PersonView)
  confirmEmail(
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutEmailConfirmation }) { token }: PutEmailConfirmation,
    @Ip() ip: string,
  ): Promise<PersonView> {
    return this.registrations.confirmEmail(id, token, ip);
  }

  @Put(':id/profile')
  @Access('profile:write')
  @Returns(200, PersonView)
  putProfile(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutProfile }) body: PutProfile,
  ): Promise<PersonView> {
    return this.people.putProfile(actor, id, body);
  }

  @Delete(':id')
  @Access('profile:write')
  @Returns(200, AcceptedView)
  async switchOff(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<AcceptedView> {
    await this.people.switchOff(actor, id);
    return { accepted: true };
  }
}

@Controller('v1/password-resets')
export class PasswordResetController {
  constructor(private readonly resets: PasswordResets) {}

  @Post()
  @Public()
  @Returns(202, AcceptedView)
  async ask(
    @Body({ schema: PostPasswordReset }) { email }: PostPasswordReset,
    @Ip() ip: string,
  ): Promise<AcceptedView> {
    await this.resets.ask(email, ip);
    return { accepted: true };
  }

  @Put(':id')
  @Public()
  @Returns(200, AcceptedView)
  async put(
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutPasswordReset }) body: PutPasswordReset,
    @Req() { ip, headers }: FastifyRequest,
  ): Promise<AcceptedView> {
    await this.resets.put(id, body, { ip, device: deviceName(headers['user-agent']) });
    return { accepted: true };
  }
}
