import { Body, Controller, Get, Header, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  dataset,
  extractCsv,
  figuresCsv,
  flowsCsv,
  flowsGeoJson,
  impactMethod,
  incomeCsv,
  monthsCsv,
} from './impact-files.js';
import { PeriodSteps } from './period-steps.service.js';
import { Periods } from './periods.service.js';
import {
  ImpactMethodView,
  ImpactPeriodPage,
  ImpactPeriodsQuery,
  ImpactPeriodView,
  ImpactReportQuery,
  PutImpactPeriod,
  PutImpactReview,
} from './report.schema.js';

const anId = { schema: wireId };
const CSV = 'text/csv; charset=utf-8';

@ApiTags('observatory')
@Controller('v1')
export class ImpactController {
  constructor(
    private readonly periods: Periods,
    private readonly steps: PeriodSteps,
  ) {}

  @Get('impact-method')
  @Public()
  @Returns(200, ImpactMethodView)
  method(): ImpactMethodView {
    return impactMethod();
  }

  @Get('impact-periods')
  @Open()
  @Returns(200, ImpactPeriodPage)
  list(
    @CurrentVisitor() actor: Actor | null,
    @Query({ schema: ImpactPeriodsQuery }) query: ImpactPeriodsQuery,
  ): Promise<ImpactPeriodPage> {
    return this.periods.list(actor, query);
  }

  @Put('impact-periods/:id')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutImpactPeriod }) body: PutImpactPeriod,
  ): Promise<ImpactPeriodView> {
    return this.periods.put(actor, id, body);
  }

  @Put('impact-periods/:id/freezing')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  async freeze(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ImpactPeriodView> {
    await this.steps.freeze(actor, id);
    return this.periods.get(actor, id);
  }

  @Put('impact-periods/:id/computation')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  async compute(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ImpactPeriodView> {
    await this.steps.compute(actor, id);
    return this.periods.get(actor, id);
  }

  @Put('impact-periods/:id/disclosure-check')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  async check(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ImpactPeriodView> {
    await this.steps.checkDisclosure(actor, id);
    return this.periods.get(actor, id);
  }

  @Put('impact-periods/:id/review')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  async review(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutImpactReview }) body: PutImpactReview,
  ): Promise<ImpactPeriodView> {
    await this.steps.review(actor, id, body);
    return this.periods.get(actor, id);
  }

  @Put('impact-periods/:id/publication')
  @Access('impact:write')
  @Returns(200, ImpactPeriodView)
  async publish(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ImpactPeriodView> {
    await this.steps.publish(actor, id);
    return this.periods.get(actor, id);
  }

  @Get('impact-periods/:id/figures.csv')
  @Open()
  @Header('content-type', CSV)
  async figures(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return figuresCsv(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/flows.csv')
  @Open()
  @Header('content-type', CSV)
  async flows(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return flowsCsv(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/months.csv')
  @Open()
  @Header('content-type', CSV)
  async months(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return monthsCsv(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/income.csv')
  @Open()
  @Header('content-type', CSV)
  async income(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return incomeCsv(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/flows.geojson')
  @Open()
  @Header('content-type', 'application/geo+json; charset=utf-8')
  async map(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return flowsGeoJson(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/dataset.jsonld')
  @Open()
  @Header('content-type', 'application/ld+json; charset=utf-8')
  async dataset(@CurrentVisitor() actor: Actor | null, @Param('id', anId) id: string): Promise<string> {
    return dataset(await this.periods.report(actor, id));
  }

  @Get('impact-periods/:id/settlement.csv')
  @Access('impact:read')
  @Header('content-type', CSV)
  async extract(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<string> {
    return extractCsv(await this.periods.extract(actor, id));
  }

  @Get('impact-periods/:id')
  @Open()
  @Returns(200, ImpactPeriodView)
  get(
    @CurrentVisitor() actor: Actor | null,
    @Param('id', anId) id: string,
    @Query({ schema: ImpactReportQuery }) { territory }: ImpactReportQuery,
  ): Promise<ImpactPeriodView> {
    return this.periods.get(actor, id, territory);
  }
}
