import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/index.js';
import { SettlementModule } from '../settlement/index.js';
import { DisputesController } from './disputes.controller.js';
import { Evidence } from './evidence.service.js';
import { Disputes } from './disputes.service.js';

@Module({
  imports: [DirectoryModule, SettlementModule],
  controllers: [DisputesController],
  providers: [Disputes, Evidence],
})
export class DisputesModule {}
