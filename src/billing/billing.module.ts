import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { VatModule } from '../vat/index.js';
import { BillingController } from './billing.controller.js';
import { Billing } from './billing.service.js';
import { Documents } from './documents.service.js';
import { Redemptions } from './redemptions.js';

@Module({
  imports: [DirectoryModule, VatModule],
  controllers: [BillingController],
  providers: [Billing, Documents, Redemptions],
  exports: [Billing],
})
export class BillingModule {}
