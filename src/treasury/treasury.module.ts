import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { ExchangeRates } from './exchange-rates.service.js';
import { FourEyes } from './four-eyes.service.js';
import { TreasuryController } from './treasury.controller.js';
import { TreasuryRules } from './treasury-rules.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [TreasuryController],
  providers: [ExchangeRates, FourEyes, TreasuryRules],
  exports: [FourEyes, TreasuryRules],
})
export class TreasuryModule {}
