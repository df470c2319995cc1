import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { BillingController } from './billing.controller.js';
import { Billing } from './billing.service.js';
import { Documents } from './documents.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [BillingController],
  providers: [Billing, Documents],
  exports: [Billing],
})
export class BillingModule {}
