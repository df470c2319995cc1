import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { LedgerModule } from '../ledger/index.js';
import { Reciprocity } from './reciprocity.service.js';

@Module({
  imports: [DirectoryModule, LedgerModule],
  providers: [Reciprocity],
  exports: [Reciprocity],
})
export class ReciprocityModule {}
