import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Authentication } from './authentication.service.js';
import { Identity } from './identity.service.js';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { Passwords } from './passwords.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';

@Module({
  controllers: [SessionController],
  providers: [
    Authentication,
    Identity,
    Memberships,
    Organisations,
    Passwords,
    Sessions,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Identity],
})
export class IdentityModule {}
