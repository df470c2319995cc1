import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { CredentialsController } from './credentials.controller.js';
import { Credentials } from './credentials.service.js';
import { Expiry } from './expiry.service.js';
import { Issuers } from './issuers.service.js';
import { Issuing } from './issuing.service.js';
import { PassMails } from './pass-mails.js';
import { PassesController } from './passes.controller.js';
import { Passes } from './passes.service.js';
import { Pausing } from './pausing.service.js';
import { Products } from './products.service.js';
import { Sources } from './sources.js';

@Module({
  imports: [DirectoryModule, IdentityModule, LedgerModule],
  controllers: [PassesController, CredentialsController],
  providers: [Credentials, Expiry, Issuers, Issuing, Passes, PassMails, Pausing, Products, Sources],
  exports: [Credentials, Issuing, Passes, Products],
})
export class PassesModule {}
