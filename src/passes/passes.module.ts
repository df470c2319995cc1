import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { LedgerModule } from '../ledger/index.js';
import { Passes } from './passes.service.js';

@Module({
  imports: [DirectoryModule, LedgerModule],
  providers: [Passes],
  exports: [Passes],
})
export class PassesModule {}
