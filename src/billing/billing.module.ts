import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { DirectoryModule } from '../directory/index.js';
import { VatModule } from '../vat/index.js';
import { BillingController } from './billing.controller.js';
import { Billing } from './billing.service.js';
import { Contents } from './contents.service.js';
import { PapersController } from './papers.controller.js';
import { Papers } from './papers.service.js';
import { BillingParties } from './parties.service.js';
import { Documents } from './documents.service.js';
import { Receipts } from './receipts.service.js';
import { SponsorInvoices } from './sponsor-invoices.js';
import { Redemptions } from './redemptions.js';
import { Sales } from './sales.js';

@Module({
  imports: [IdentityModule, DirectoryModule, VatModule],
  controllers: [PapersController, BillingController],
  providers: [
    Billing,
    BillingParties,
    Contents,
    Documents,
    Papers,
    Receipts,
    Redemptions,
    Sales,
    SponsorInvoices,
  ],
  exports: [Billing, Receipts],
})
export class BillingModule {}
