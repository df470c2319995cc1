import { Body, Controller, Get, Header, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  ConsentPage,
  ConsentView,
  DataExportView,
  ErasureView,
  PutConsent,
  PutErasure,
} from './privacy.schema.js';
import { Privacy } from './privacy.service.js';

const aNewId = { schema: wireNewId };
const anId = { schema: wireId };

@ApiTags('privacy')
@Controller('v1')
export class PrivacyController {
  constructor(private readonly privacy: Privacy) {}

  @Get('consents')
  @Access('profile:write')
  @Returns(200, ConsentPage)
  consents(@CurrentActor() actor: Actor): Promise<ConsentPage> {
    return this.privacy.consents(actor);
  }

  @Put('consents/:id')
  @Access('profile:write')
  @Returns(200, ConsentView)
  consent(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutConsent }) body: PutConsent,
  ): Promise<ConsentView> {
    return this.privacy.consent(actor, id, body);
  }

  @Put('data-exports/:id')
  @Access('profile:write')
  @Returns(200, DataExportView)
  putExport(@CurrentActor() actor: Actor, @Param('id', aNewId) id: string): Promise<DataExportView> {
    return this.privacy.putExport(actor, id);
  }

  @Get('data-exports/:id')
  @Access('profile:write')
  @Returns(200, DataExportView)
  getExport(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<DataExportView> {
    return this.privacy.getExport(actor, id);
  }

  @Get('data-exports/:id/content.json')
  @Access('profile:write')
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="escale-data.json"')
  content(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<string> {
    return this.privacy.exportContent(actor, id);
  }

  @Put('erasures/:id')
  @Access('profile:write')
  @Returns(200, ErasureView)
  erase(
    @CurrentActor() actor: Actor,
    @Param('id', aNewId) id: string,
    @Body({ schema: PutErasure }) body: PutErasure,
  ): Promise<ErasureView> {
    return this.privacy.erase(actor, id, body);
  }
}
