import { Body, Controller, Get, Headers, Param, Put, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { sendFile, Upload } from '../platform/http/upload.js';
import {
  AgeingPage,
  AgeingQuery,
  DisputePage,
  DisputesQuery,
  DisputeView,
  EvidenceFileQuery,
  EvidenceFileView,
  PutDispute,
  PutMove,
} from './dispute.schema.js';
import { Evidence } from './evidence.service.js';
import { Disputes } from './disputes.service.js';

@Controller('v1')
@Access('windows:read')
export class DisputesController {
  constructor(
    private readonly disputes: Disputes,
    private readonly evidence: Evidence,
  ) {}

  @Put('disputes/:id')
  @Returns(200, DisputeView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutDispute }) body: PutDispute,
  ): Promise<DisputeView> {
    await this.evidence.demand(body, body);
    return this.disputes.open(actor, id, body);
  }

  @Get('disputes')
  @Returns(200, DisputePage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: DisputesQuery }) query: DisputesQuery,
  ): Promise<DisputePage> {
    return this.disputes.list(actor, query);
  }

  @Get('disputes/:id')
  @Returns(200, DisputeView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<DisputeView> {
    return this.disputes.get(actor, id);
  }

  @Put('disputes/:id/moves/:moveId')
  @Returns(200, DisputeView)
  async move(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('moveId', { schema: wireNewId }) moveId: string,
    @Body({ schema: PutMove }) body: PutMove,
  ): Promise<DisputeView> {
    await this.evidence.demand({ disputeId: id }, body);
    return this.disputes.move(actor, id, { ...body, id: moveId });
  }

  /** A receipt, a photograph, a letter: for a line of a statement, from one of its sides. */
  @Put('evidence-files/:id')
  @Upload()
  @Returns(200, EvidenceFileView)
  addFile(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Query({ schema: EvidenceFileQuery }) about: EvidenceFileQuery,
    @Headers('content-type') mediaType: string,
    @Body() body: unknown,
  ): Promise<EvidenceFileView> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    return this.evidence.add(actor, { id, ...about, mediaType, bytes });
  }

  @Get('disputes/:id/files/:fileId')
  @ApiProduces('application/octet-stream')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('fileId', { schema: wireId }) fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.evidence.read(await this.disputes.get(actor, id), fileId));
  }

  @Get('dispute-ageing')
  @Returns(200, AgeingPage)
  ageing(
    @CurrentActor() actor: Actor,
    @Query({ schema: AgeingQuery }) { networkId }: AgeingQuery,
  ): Promise<AgeingPage> {
    return this.disputes.ageing(actor, networkId);
  }
}
