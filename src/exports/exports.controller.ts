import { Body, Controller, Get, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ExportPage, ExportsQuery, ExportView, PutExport } from './export.schema.js';
import { Exports } from './exports.service.js';

@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Get()
  @Access('windows:read')
  @Returns(200, ExportPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ExportsQuery }) query: ExportsQuery,
  ): Promise<ExportPage> {
    return this.exports.list(actor, query);
  }

  @Get(':id')
  @Access('windows:read')
  @Returns(200, ExportView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ExportView> {
    return this.exports.get(actor, id);
  }

  @Put(':id')
  @Access('windows:read')
  @Returns(200, ExportView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutExport }) body: PutExport,
  ): Promise<ExportView> {
    return this.exports.put(actor, id, body);
  }

  @Get(':id/file')
  @Access('windows:read')
  @ApiProduces('application/octet-stream')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    const { stream, name, sizeBytes } = await this.exports.download(actor, id);
    return new StreamableFile(stream, { disposition: `attachment; filename="${name}"`, length: sizeBytes });
  }
}
