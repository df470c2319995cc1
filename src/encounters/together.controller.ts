import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Chapters } from './chapters.service.js';
import { CrossServices } from './cross-services.service.js';
import { Initiatives } from './initiatives.service.js';
import {
  ChapterPage,
  ChaptersQuery,
  CrossServicePage,
  CrossServiceView,
  InitiativePage,
  InitiativeView,
  PutCrossService,
  PutInitiative,
  PutInitiativePartner,
  PutServiceUse,
  ServiceUsePage,
  ServiceUsesQuery,
  ServiceUseView,
} from './together.schema.js';

const anId = { schema: wireId };

/** What spaces share and undertake together. */
@Controller('v1')
@ApiTags('connected places')
export class TogetherController {
  constructor(
    private readonly chapters: Chapters,
    private readonly services: CrossServices,
    private readonly initiatives: Initiatives,
  ) {}

  @Get('chapters')
  @Access('agreements:read')
  @Returns(200, ChapterPage)
  listChapters(
    @CurrentActor() actor: Actor,
    @Query({ schema: ChaptersQuery }) { networkId }: ChaptersQuery,
  ): Promise<ChapterPage> {
    return this.chapters.list(actor, networkId);
  }

  @Get('cross-services')
  @Public()
  @Returns(200, CrossServicePage)
  listServices(): Promise<CrossServicePage> {
    return this.services.list();
  }

  @Put('cross-services/:id')
  @Access('spaces:write')
  @Returns(200, CrossServiceView)
  putService(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCrossService }) body: PutCrossService,
  ): Promise<CrossServiceView> {
    return this.services.put(actor, id, body);
  }

  @Get('service-uses')
  @Access('agreements:read')
  @Returns(200, ServiceUsePage)
  listUses(
    @CurrentActor() actor: Actor,
    @Query({ schema: ServiceUsesQuery }) { spaceId }: ServiceUsesQuery,
  ): Promise<ServiceUsePage> {
    return this.services.usesOf(actor, spaceId);
  }

  @Put('service-uses/:id')
  @Access('visits:write')
  @Returns(200, ServiceUseView)
  stateUse(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutServiceUse }) body: PutServiceUse,
  ): Promise<ServiceUseView> {
    return this.services.stateUse(actor, id, body);
  }

  @Put('service-uses/:id/confirmation')
  @Access('spaces:write')
  @Returns(200, ServiceUseView)
  confirmUse(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ServiceUseView> {
    return this.services.confirmUse(actor, id);
  }

  @Get('initiatives')
  @Open()
  @Returns(200, InitiativePage)
  listInitiatives(@CurrentVisitor() visitor: Actor | null): Promise<InitiativePage> {
    return this.initiatives.list(visitor);
  }

  @Put('initiatives/:id')
  @Access('encounters:write')
  @Returns(200, InitiativeView)
  putInitiative(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutInitiative }) body: PutInitiative,
  ): Promise<InitiativeView> {
    return this.initiatives.put(actor, id, body);
  }

  @Put('initiatives/:id/partners/:spaceId')
  @Access('spaces:write')
  @Returns(200, InitiativeView)
  joinInitiative(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Param('spaceId', anId) spaceId: string,
    @Body({ schema: PutInitiativePartner }) body: PutInitiativePartner,
  ): Promise<InitiativeView> {
    return this.initiatives.join(actor, id, spaceId, body);
  }

  @Put('initiatives/:id/publication')
  @Access('encounters:write')
  @Returns(200, InitiativeView)
  publishInitiative(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<InitiativeView> {
    return this.initiatives.publish(actor, id);
  }
}
