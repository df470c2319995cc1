import { Body, Controller, Delete, Get, Ip, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  CorrectionPage,
  CorrectionsQuery,
  CorrectionView,
  PutCorrection,
  PutCorrectionDecision,
} from './correction.schema.js';
import { Corrections } from './corrections.service.js';
import { DemandPage, InterestView, PutInterest } from './interest.schema.js';
import { Interests } from './interests.service.js';
import {
  ExternalIdentityView,
  ProfileVersionPage,
  PutExternalIdentity,
  wireScheme,
} from './space-record.schema.js';
import { PutProfileVersion } from './profile-version.input.js';
import { SpaceRecords } from './space-records.service.js';

const anId = { schema: wireId };

/** What is asked to be changed, told over time, and wished for. */
@Controller('v1/data-bank')
@ApiTags('data bank')
export class DataBankController {
  constructor(
    private readonly corrections: Corrections,
    private readonly records: SpaceRecords,
    private readonly interests: Interests,
  ) {}

  @Get('corrections')
  @Open()
  @Returns(200, CorrectionPage)
  listCorrections(
    @CurrentVisitor() visitor: Actor | null,
    @Query({ schema: CorrectionsQuery }) query: CorrectionsQuery,
  ): Promise<CorrectionPage> {
    return this.corrections.list(visitor, query);
  }

  @Put('corrections/:id')
  @Open()
  @Returns(200, CorrectionView)
  requestCorrection(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCorrection }) body: PutCorrection,
    @Ip() ip: string,
  ): Promise<CorrectionView> {
    return this.corrections.request(visitor, id, body, ip);
  }

  @Put('corrections/:id/decision')
  @Access('spaces:write')
  @Returns(200, CorrectionView)
  decideCorrection(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Body({ schema: PutCorrectionDecision }) body: PutCorrectionDecision,
  ): Promise<CorrectionView> {
    return this.corrections.decide(actor, id, body);
  }

  @Get('spaces/:spaceId/profile-versions')
  @Open()
  @Returns(200, ProfileVersionPage)
  listVersions(
    @CurrentVisitor() visitor: Actor | null,
    @Param('spaceId', anId) spaceId: string,
  ): Promise<ProfileVersionPage> {
    return this.records.list(visitor, spaceId);
  }

  @Put('spaces/:spaceId/profile-versions/:id')
  @Access('spaces:write')
  @Returns(200, ProfileVersionPage)
  announceVersion(
    @CurrentActor() actor: Actor,
    @Param('spaceId', anId) spaceId: string,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutProfileVersion }) body: PutProfileVersion,
  ): Promise<ProfileVersionPage> {
    return this.records.announce(actor, spaceId, id, body);
  }

  @Put('spaces/:spaceId/identities/:scheme')
  @Access('spaces:write')
  @Returns(200, ExternalIdentityView)
  identify(
    @CurrentActor() actor: Actor,
    @Param('spaceId', anId) spaceId: string,
    @Param('scheme', { schema: wireScheme }) scheme: string,
    @Body({ schema: PutExternalIdentity }) body: PutExternalIdentity,
  ): Promise<ExternalIdentityView> {
    return this.records.identify(actor, spaceId, scheme, body);
  }

  @Get('demand')
  @Public()
  @Returns(200, DemandPage)
  demand(): Promise<DemandPage> {
    return this.interests.demand();
  }

  @Put('interests/:id')
  @Public()
  @Returns(200, InterestView)
  register(
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutInterest }) body: PutInterest,
    @Ip() ip: string,
  ): Promise<InterestView> {
    return this.interests.register(id, body, ip);
  }

  @Delete('interests/:id/contact')
  @Public()
  @Returns(200, InterestView)
  withdrawContact(@Param('id', anId) id: string): Promise<InterestView> {
    return this.interests.withdrawContact(id);
  }
}
