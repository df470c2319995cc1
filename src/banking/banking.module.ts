import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { IdentityModule } from '../identity/index.js';
import { SettlementModule } from '../settlement/index.js';
import { BankAccounts } from './bank-accounts.service.js';
import { BankFiles } from './bank-files.service.js';
import { ChangeNotice } from './change-notice.js';
import { Matches } from './matches.service.js';
import { PaymentBatches } from './payment-batches.service.js';
import { BankingController } from './banking.controller.js';

@Module({
  imports: [DirectoryModule, IdentityModule, SettlementModule],
  controllers: [BankingController],
  providers: [BankAccounts, BankFiles, ChangeNotice, Matches, PaymentBatches],
})
export class BankingModule {}
