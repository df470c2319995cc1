import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { VatModule } from '../vat/index.js';
import { CredentialsController } from './credentials.controller.js';
import { Credentials } from './credentials.service.js';
import { Expiry } from './expiry.service.js';
import { GuestPasses } from './guest-passes.service.js';
import { GuestsController } from './guests.controller.js';
import { Guests } from './guests.service.js';
import { HolderController } from './holder.controller.js';
import { DoorLists } from './door-lists.js';
import { Issuers } from './issuers.service.js';
import { Issuing } from './issuing.service.js';
import { Movements } from './movements.service.js';
import { PassMails } from './pass-mails.js';
import { PassesController } from './passes.controller.js';
import { Passes } from './passes.service.js';
import { Pausing } from './pausing.service.js';
import { Products } from './products.service.js';
import { Phones } from './phones.service.js';
import { Sources } from './sources.js';
import { Teams } from './teams.service.js';
import { TypedCodes } from './typed-codes.service.js';

@Module({
  imports: [DirectoryModule, IdentityModule, LedgerModule, VatModule],
  controllers: [PassesController, CredentialsController, HolderController, GuestsController],
  providers: [
    Credentials,
    DoorLists,
    Expiry,
    GuestPasses,
    Guests,
    Issuers,
    Issuing,
    Movements,
    Passes,
    PassMails,
    Pausing,
    Phones,
    Products,
    Sources,
    Teams,
    TypedCodes,
  ],
  exports: [Credentials, DoorLists, Issuing, Passes, Products, TypedCodes],
})
export class PassesModule {}
