import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { ExportExpiry, ExportJobs } from './export-jobs.js';
import { ExportMaker } from './export-maker.js';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports.service.js';

@Module({
  imports: [DirectoryModule],
  controllers: [ExportsController],
  providers: [ExportExpiry, ExportJobs, ExportMaker, Exports],
})
export class ExportsModule {}
