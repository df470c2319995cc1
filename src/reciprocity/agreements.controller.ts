import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  AgreementPage,
  AgreementVersionView,
  AgreementView,
  PutAgreement,
  PutAgreementEnd,
  PutAgreementVersion,
  PutSignature,
  TermsQuery,
  TermsView,
  VisaQuotaQuery,
  VisaQuotaView,
} from './agreement.schema.js';
import { Agreements } from './agreements.service.js';
import { PublishedTerms } from './published-terms.service.js';

@Controller('v1')
export class AgreementsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly published: PublishedTerms,
  ) {}

  @Put('agreements/:id')
  @Access('agreements:write')
  @Returns(200, AgreementView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutAgreement }) body: PutAgreement,
  ): Promise<AgreementView> {
    return this.agreements.put(actor, id, body);
  }

  @Get('agreements')
  @Access('agreements:read')
  @Returns(200, AgreementPage)
  list(@CurrentActor() actor: Actor): Promise<AgreementPage> {
    return this.agreements.list(actor);
  }

  @Get('agreements/:id')
  @Access('agreements:read')
  @Returns(200, AgreementView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<AgreementView> {
    return this.agreements.get(actor, id);
  }

  @Put('agreements/:id/end')
  @Access('agreements:write')
  @Returns(200, AgreementView)
  end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAgreementEnd }) body: PutAgreementEnd,
  ): Promise<AgreementView> {
    return this.agreements.end(actor, id, body);
  }

  @Put('agreement-versions/:id')
  @Access('agreements:write')
  @Returns(200, AgreementVersionView)
  putVersion(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutAgreementVersion }) body: PutAgreementVersion,
  ): Promise<AgreementVersionView> {
    return this.agreements.putVersion(actor, id, body);
  }

  @Put('agreement-versions/:id/signature')
  @Access('agreements:write')
  @Returns(200, AgreementVersionView)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutSignature }) body: PutSignature,
  ): Promise<AgreementVersionView> {
    return this.agreements.sign(actor, id, body);
  }

  @Get('terms')
  @Access('bookings:read')
  @Returns(200, TermsView)
  terms(@CurrentActor() actor: Actor, @Query({ schema: TermsQuery }) query: TermsQuery): Promise<TermsView> {
    return this.published.find(actor, query);
  }

  @Get('visa-quotas')
  @Access('bookings:read')
  @Returns(200, VisaQuotaView)
  visaQuota(
    @CurrentActor() actor: Actor,
    @Query({ schema: VisaQuotaQuery }) query: VisaQuotaQuery,
  ): Promise<VisaQuotaView> {
    return this.published.ownQuota(actor, query);
  }
}
