import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { LedgerModule } from '../ledger/index.js';
import { TreasuryModule } from '../treasury/index.js';
import { BookExportsController } from './book-exports.controller.js';
import { BooksController } from './books.controller.js';
import { BooksJobs } from './books-jobs.js';
import { Books } from './books.service.js';
import { Corrections } from './corrections.service.js';
import { BookExports } from './exports.service.js';
import { Periods } from './periods.service.js';
import { Postings } from './postings.service.js';
import { Verifications } from './verification.service.js';

@Module({
  imports: [DirectoryModule, LedgerModule, TreasuryModule],
  controllers: [BookExportsController, BooksController],
  providers: [BookExports, Books, BooksJobs, Corrections, Periods, Postings, Verifications],
})
export class BooksModule {}
