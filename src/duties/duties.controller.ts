import { Body, Controller, Delete, Get, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  OfCountry,
  OfNetwork,
  PutRestriction,
  PutSellerProfile,
  RestrictionPage,
  RestrictionView,
  RetentionPage,
  SellerPage,
  SellerQuery,
  SellerReportView,
  SellerView,
  VolumePage,
  wireYear,
} from './duties.schema.js';
import { Reports } from './reports.service.js';
import { Restrictions } from './restrictions.service.js';
import { retentionIn } from './retention.data.js';
import { Sellers } from './sellers.service.js';

/** What a platform has to know, keep, tell and report. */
@Controller('v1')
@Access('documents:read')
export class DutiesController {
  constructor(
    private readonly sellers: Sellers,
    private readonly restrictions: Restrictions,
    private readonly reports: Reports,
  ) {}

  @Get('sellers')
  @Returns(200, SellerPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: SellerQuery }) query: SellerQuery,
  ): Promise<SellerPage> {
    return this.sellers.list(actor, query);
  }

  @Put('seller-profiles/:id')
  @Access('banking:write')
  @Returns(200, SellerView)
  declare(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutSellerProfile }) body: PutSellerProfile,
  ): Promise<SellerView> {
    return this.sellers.declare(actor, id, body);
  }

  @Get('seller-restrictions')
  @Returns(200, RestrictionPage)
  restricted(
    @CurrentActor() actor: Actor,
    @Query({ schema: SellerQuery }) query: SellerQuery,
  ): Promise<RestrictionPage> {
    return this.restrictions.list(actor, query);
  }

  @Put('seller-restrictions/:id')
  @Access('payments:write')
  @Returns(200, RestrictionView)
  restrict(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutRestriction }) body: PutRestriction,
  ): Promise<RestrictionView> {
    return this.restrictions.put(actor, id, body);
  }

  @Delete('seller-restrictions/:id')
  @Access('payments:write')
  @Returns(200, RestrictionView)
  lift(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<RestrictionView> {
    return this.restrictions.lift(actor, id);
  }

  @Get('seller-reports/:year')
  @Returns(200, SellerReportView)
  report(
    @CurrentActor() actor: Actor,
    @Param('year', { schema: wireYear }) year: number,
    @Query({ schema: OfNetwork }) { networkId }: OfNetwork,
  ): Promise<SellerReportView> {
    return this.reports.summary(actor, networkId, year);
  }

  @Get('seller-reports/:year/file')
  async file(
    @CurrentActor() actor: Actor,
    @Param('year', { schema: wireYear }) year: number,
    @Query({ schema: OfNetwork }) { networkId }: OfNetwork,
  ): Promise<StreamableFile> {
    const xml = await this.reports.file(actor, networkId, year);
    const disposition = `attachment; filename="dac7-${year}.xml"`;
    return new StreamableFile(Buffer.from(xml, 'utf8'), {
      type: 'application/xml; charset=utf-8',
      disposition,
    });
  }

  @Get('limited-network-volumes')
  @Returns(200, VolumePage)
  volumes(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfNetwork }) { networkId }: OfNetwork,
  ): Promise<VolumePage> {
    return this.reports.volumes(actor, networkId);
  }

  @Get('retention-rules')
  @Access('profile:write')
  @Returns(200, RetentionPage)
  retention(@Query({ schema: OfCountry }) { country }: OfCountry): RetentionPage {
    return { items: retentionIn(country), next: null };
  }
}
