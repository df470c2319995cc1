import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { CatalogueController } from './catalogue.controller.js';
import { Catalogue } from './catalogue.service.js';
import { Corrections } from './corrections.service.js';
import { DataBankController } from './data-bank.controller.js';
import { Interests } from './interests.service.js';
import { SpaceRecords } from './space-records.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [CatalogueController, DataBankController],
  providers: [Catalogue, Corrections, SpaceRecords, Interests],
  exports: [Interests],
})
export class DataBankModule {}
