import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { FecQuery } from './books.schema.js';
import { BookExports } from './exports.service.js';

const PLAIN = 'text/plain; charset=utf-8';
const PRIVATE = 'private, no-store';

/** The journal as files for other people's tools. */
@Controller('v1/books/:networkId/exports')
export class BookExportsController {
  constructor(private readonly exports: BookExports) {}

  /** French FEC of a calendar year; with a party, of that party alone, numbered for itself. */
  @Get('fec')
  @Access('windows:read')
  @Header('cache-control', PRIVATE)
  async fec(
    @CurrentActor() actor: Actor,
    @Param('networkId', { schema: wireId }) networkId: string,
    @Query({ schema: FecQuery }) query: FecQuery,
  ): Promise<StreamableFile> {
    const { name, text } = await this.exports.fec(actor, networkId, query);
    return new StreamableFile(Buffer.from(text), {
      type: PLAIN,
      disposition: `attachment; filename="${name}"`,
    });
  }

  /** The whole book; `hledger -f book.journal check -s` accepts it. */
  @Get('hledger')
  @Access('windows:read')
  @Header('content-type', PLAIN)
  @Header('content-disposition', 'attachment; filename="book.journal"')
  @Header('cache-control', PRIVATE)
  hledger(
    @CurrentActor() actor: Actor,
    @Param('networkId', { schema: wireId }) networkId: string,
  ): Promise<string> {
    return this.exports.hledger(actor, networkId);
  }

  @Get('beancount')
  @Access('windows:read')
  @Header('content-type', PLAIN)
  @Header('content-disposition', 'attachment; filename="book.beancount"')
  @Header('cache-control', PRIVATE)
  beancount(
    @CurrentActor() actor: Actor,
    @Param('networkId', { schema: wireId }) networkId: string,
  ): Promise<string> {
    return this.exports.beancount(actor, networkId);
  }
}
