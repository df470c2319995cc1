import { Body, Controller, Get, Put } from '@nestjs/common';
import { Temporal } from '../kernel/time.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { DemoClock } from './demo-clock.js';
import { DemoClockView, PutDemoClock } from './demo.schema.js';

@Controller('v1/demo/clock')
@Public()
export class DemoController {
  constructor(private readonly clock: DemoClock) {}

  @Get()
  @Returns(200, DemoClockView)
  read(): DemoClockView {
    return { now: this.clock.now().toString() };
  }

  @Put()
  @Returns(200, DemoClockView)
  async move(@Body({ schema: PutDemoClock }) { now }: PutDemoClock): Promise<DemoClockView> {
    return { now: (await this.clock.moveTo(Temporal.Instant.from(now))).toString() };
  }
}
