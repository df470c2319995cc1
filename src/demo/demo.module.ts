import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { DemoClock } from './demo-clock.js';
import { DemoController } from './demo.controller.js';
import { DemoLoader } from './demo-loader.js';

@Module({
  imports: [IdentityModule],
  controllers: [DemoController],
  providers: [DemoClock, DemoLoader],
})
export class DemoModule {}
