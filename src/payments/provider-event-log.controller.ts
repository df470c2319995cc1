import { Controller, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, StepUp, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ProviderEventPage, ProviderEventView } from './payment.schema.js';
import { ProviderEventLog } from './provider-event-log.service.js';

/** For the operator of the platform. */
@Controller('v1/provider-events')
@Access('platform:write')
@StepUp('PLATFORM')
export class ProviderEventLogController {
  constructor(private readonly log: ProviderEventLog) {}

  @Get()
  @Returns(200, ProviderEventPage)
  list(): Promise<ProviderEventPage> {
    return this.log.list();
  }

  @Put(':id/replay')
  @Returns(200, ProviderEventView)
  replay(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProviderEventView> {
    return this.log.replay(actor, id);
  }
}
