import { Controller, Get, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { Returns } from '../platform/http/returns.js';
import { VisitCostPage, VisitCostsQuery } from './visit-costs.schema.js';
import { VisitCosts } from './visit-costs.service.js';

@Controller('v1/visit-costs')
export class VisitCostsController {
  constructor(private readonly costs: VisitCosts) {}

  @Get()
  @Access('bookings:read')
  @Returns(200, VisitCostPage)
  of(
    @CurrentActor() actor: Actor,
    @Query({ schema: VisitCostsQuery }) query: VisitCostsQuery,
  ): Promise<VisitCostPage> {
    return this.costs.of(actor, query);
  }
}
