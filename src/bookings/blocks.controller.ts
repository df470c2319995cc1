import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { BlockPage, BlocksQuery, BlockView, PutAppeal, PutAppealDecision, PutBlock } from './block.schema.js';
import { BlockViews } from './block.views.js';
import { Blocks } from './blocks.service.js';

@Controller('v1')
export class BlocksController {
  constructor(
    private readonly blocks: Blocks,
    private readonly views: BlockViews,
  ) {}

  @Put('blocks/:id')
  @Access('blocks:write')
  @Returns(200, BlockView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutBlock }) body: PutBlock,
  ): Promise<BlockView> {
    return this.views.one(actor, await this.blocks.put(actor, id, body));
  }

  @Delete('blocks/:id')
  @Access('blocks:write')
  @Returns(200, BlockView)
  async lift(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<BlockView> {
    return this.views.one(actor, await this.blocks.lift(actor, id));
  }

  @Put('blocks/:id/appeal')
  @Access('bookings:read')
  @Returns(200, BlockView)
  async appeal(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAppeal }) body: PutAppeal,
  ): Promise<BlockView> {
    return this.views.one(actor, await this.blocks.appeal(actor, id, body));
  }

  @Put('blocks/:id/decision')
  @Access('blocks:write')
  @Returns(200, BlockView)
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAppealDecision }) body: PutAppealDecision,
  ): Promise<BlockView> {
    return this.views.one(actor, await this.blocks.decide(actor, id, body));
  }

  @Get('blocks')
  @Access('bookings:read')
  @Returns(200, BlockPage)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: BlocksQuery }) query: BlocksQuery,
  ): Promise<BlockPage> {
    return { items: await this.views.of(actor, await this.blocks.list(actor, query)), next: null };
  }
}
