import { Module } from '@nestjs/common';
import { SettlementModule } from '../settlement/index.js';
import { LaboratoryController } from './laboratory.controller.js';
import { LaboratoryRuns } from './laboratory-runs.service.js';

@Module({
  imports: [SettlementModule],
  controllers: [LaboratoryController],
  providers: [LaboratoryRuns],
})
export class LaboratoryModule {}
