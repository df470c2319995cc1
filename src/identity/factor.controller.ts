import { Body, Controller, Delete, Get, Inject, Ip, Param, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { wireId, wireNewId } from '../kernel/wire.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { Authenticators } from './authenticators.service.js';
import {
  AuthenticatorView,
  PasskeyOptionsView,
  PasskeyView,
  PutAuthenticatorConfirmation,
  PutPasskey,
  RecoveryCodesView,
  SignInActPage,
  SignInWaysView,
} from './factor.schema.js';
import { Passkeys } from './passkeys.service.js';
import { AcceptedView } from './person.schema.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { relyingParty } from './relying-party.js';
import { SignInWays } from './sign-in-ways.service.js';
import { StepUp } from './step-ups.service.js';

/** The ways somebody signs in by. Whoever changes them has proved a moment ago who they are. */
@Controller('v1')
@Access('profile:write')
export class FactorController {
  constructor(
    private readonly ways: SignInWays,
    private readonly passkeys: Passkeys,
    private readonly authenticators: Authenticators,
    private readonly recoveryCodes: RecoveryCodes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('sign-in-ways')
  @Returns(200, SignInWaysView)
  own(@CurrentActor() actor: Actor): Promise<SignInWaysView> {
    return this.ways.own(actor);
  }

  @Get('sign-in-acts')
  @Returns(200, SignInActPage)
  acts(@CurrentActor() actor: Actor): Promise<SignInActPage> {
    return this.ways.acts(actor);
  }

  @Put('passkey-challenges/:id')
  @StepUp('OWN')
  @Returns(200, PasskeyOptionsView)
  optionsToAdd(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyOptionsView> {
    return this.passkeys.optionsToAdd(actor, id, relyingParty(this.config, request));
  }

  @Put('passkeys/:id')
  @StepUp('OWN')
  @Returns(200, PasskeyView)
  putPasskey(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPasskey }) body: PutPasskey,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyView> {
    return this.passkeys.put(actor, id, body, relyingParty(this.config, request));
  }

  @Delete('passkeys/:id')
  @StepUp('OWN')
  @Returns(200, AcceptedView)
  async removePasskey(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<AcceptedView> {
    await this.passkeys.remove(actor, id);
    return { accepted: true };
  }

  @Put('authenticators/:id')
  @StepUp('OWN')
  @Returns(200, AuthenticatorView)
  putAuthenticator(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
  ): Promise<AuthenticatorView> {
    return this.authenticators.put(actor, id);
  }

  @Put('authenticators/:id/confirmation')
  @StepUp('OWN')
  @Returns(200, AuthenticatorView)
  confirmAuthenticator(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAuthenticatorConfirmation }) { code }: PutAuthenticatorConfirmation,
  ): Promise<AuthenticatorView> {
    return this.authenticators.confirm(actor, id, code);
  }

  @Delete('authenticators/:id')
  @StepUp('OWN')
  @Returns(200, AcceptedView)
  async removeAuthenticator(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<AcceptedView> {
    await this.authenticators.remove(actor, id);
    return { accepted: true };
  }

  @Put('recovery-codes/:id')
  @StepUp('OWN')
  @Returns(200, RecoveryCodesView)
  putRecoveryCodes(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
  ): Promise<RecoveryCodesView> {
    return this.recoveryCodes.put(actor, id);
  }
}

/** What a passkey signs, for whoever asks: a stranger who signs in, or somebody who proves it again. */
@Controller('v1/sign-in-challenges')
export class SignInChallengeController {
  constructor(
    private readonly passkeys: Passkeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Put(':id')
  @Public()
  @Returns(200, PasskeyOptionsView)
  put(
    @Param('id', { schema: wireNewId }) id: string,
    @Req() request: FastifyRequest,
    @Ip() ip: string,
  ): Promise<PasskeyOptionsView> {
    return this.passkeys.optionsToSign(id, relyingParty(this.config, request), ip);
  }
}
