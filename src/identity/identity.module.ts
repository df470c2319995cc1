import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ApiKeys } from './api-keys.service.js';
import { Authentication } from './authentication.service.js';
import { DelegatedActs } from './delegated-acts.interceptor.js';
import { DelegationController } from './delegation.controller.js';
import { Delegations } from './delegations.service.js';
import { Devices } from './devices.service.js';
import { Forgetting } from './forgetting.service.js';
import { Identity } from './identity.service.js';
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
import { PasswordResets } from './password-resets.service.js';
import { Passwords } from './passwords.js';
import { People } from './people.service.js';
import { PasswordResetController, PersonController } from './person.controller.js';
import { Registrations } from './registrations.service.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';

@Module({
  controllers: [
    SessionController,
    PersonController,
    PasswordResetController,
    OrganisationController,
    MembershipController,
    InvitationController,
    KeyController,
    DelegationController,
  ],
  providers: [
    ApiKeys,
    Authentication,
    Delegations,
    Devices,
    Forgetting,
    Identity,
    Invitations,
    Letters,
    Limits,
    Memberships,
    Organisations,
    PasswordResets,
    Passwords,
    People,
    Registrations,
    Sessions,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: DelegatedActs },
  ],
  exports: [Identity],
})
export class IdentityModule {}
