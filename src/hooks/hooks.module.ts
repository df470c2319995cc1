import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { Deliveries } from './deliveries.service.js';
import { Endpoints } from './endpoints.service.js';
import { HookJobs } from './hook-jobs.js';
import { HooksController } from './hooks.controller.js';
import { Sender } from './sender.js';

@Module({
  imports: [IdentityModule],
  controllers: [HooksController],
  providers: [Deliveries, Endpoints, HookJobs, Sender],
})
export class HooksModule {}
