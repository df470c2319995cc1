import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { Returns } from '../platform/http/returns.js';
import { FragilityPage, FragilityQuery } from './fragility.schema.js';
import { Fragility } from './fragility.service.js';

@Controller('v1/fragility')
@ApiTags('fragility')
export class FragilityController {
  constructor(private readonly fragility: Fragility) {}

  @Get()
  @Access('charter:write')
  @Returns(200, FragilityPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: FragilityQuery }) query: FragilityQuery,
  ): Promise<FragilityPage> {
    return this.fragility.list(actor, query);
  }
}
