import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ApiKeys } from './api-keys.service.js';
import { Authentication } from './authentication.service.js';
import { Authenticators } from './authenticators.service.js';
import { Codes } from './codes.service.js';
import { SessionCookies, TripCookies } from './cookie.js';
import { DelegatedActs } from './delegated-acts.interceptor.js';
import { DelegationController } from './delegation.controller.js';
import { Delegations } from './delegations.service.js';
import { Devices } from './devices.service.js';
import { FactorController, SignInChallengeController } from './factor.controller.js';
import { FactorLetters } from './factor-letters.js';
import { Forgetting } from './forgetting.service.js';
import { IdentityProviderController, InstitutionSignInController } from './identity-provider.controller.js';
import { IdentityProviders } from './identity-providers.service.js';
import { Identity } from './identity.service.js';
import { Impersonations } from './impersonations.service.js';
import { InstitutionAccounts } from './institution-accounts.js';
import { Institutions } from './institutions.js';
import { InstitutionSignIns } from './institution-sign-ins.service.js';
import { Invitations } from './invitations.service.js';
import { KeyController } from './key.controller.js';
import { Letters } from './letters.js';
import { Limits } from './limits.js';
import { Memberships } from './memberships.service.js';
import {
  InvitationController,
  MembershipController,
  OrganisationController,
} from './organisation.controller.js';
import { Organisations } from './organisations.service.js';
import { Passkeys } from './passkeys.service.js';
import { PasswordResets } from './password-resets.service.js';
import { Passwords } from './passwords.js';
import { People } from './people.service.js';
import { PasswordResetController, PersonController } from './person.controller.js';
import { PlatformController } from './platform.controller.js';
import { PlatformDoor } from './platform-door.js';
import { Proofs } from './proofs.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { Registrations } from './registrations.service.js';
import { ProofController, SessionController } from './session.controller.js';
import { Registry } from './registry.service.js';
import { Sessions } from './sessions.service.js';
import { SignInWays } from './sign-in-ways.service.js';
import { SignIns } from './sign-ins.service.js';
import { StepUps } from './step-ups.service.js';

@Module({
  controllers: [
    SessionController,
    ProofController,
    PersonController,
    PasswordResetController,
    OrganisationController,
    MembershipController,
    InvitationController,
    KeyController,
    DelegationController,
    FactorController,
    SignInChallengeController,
    IdentityProviderController,
    InstitutionSignInController,
    PlatformController,
  ],
  providers: [
    ApiKeys,
    Authentication,
    Authenticators,
    Codes,
    Delegations,
    Devices,
    FactorLetters,
    Forgetting,
    Identity,
    IdentityProviders,
    Impersonations,
    InstitutionAccounts,
    Institutions,
    InstitutionSignIns,
    Invitations,
    Letters,
    Limits,
    Memberships,
    Organisations,
    Passkeys,
    PasswordResets,
    Passwords,
    People,
    PlatformDoor,
    Proofs,
    RecoveryCodes,
    Registrations,
    Registry,
    SessionCookies,
    Sessions,
    SignIns,
    SignInWays,
    StepUps,
    TripCookies,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: DelegatedActs },
  ],
  exports: [Identity, PlatformDoor],
})
export class IdentityModule {}
