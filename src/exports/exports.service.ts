import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Directory, partyAt } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { Files } from '../platform/files/files.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { countStatement, reachStatement } from '../settlement/index.js';
import { ExportRequested } from './export.events.js';
import { ExportProblems } from './export.problems.js';
import { exportRow, exportsOf, exportView, fileName, type ExportRow } from './export.queries.js';
import type { ExportPage, ExportsQuery, ExportView, Format, PutExport } from './export.schema.js';
import { languageOf } from './statement-words.js';

const CLEARING = namedScope('clearing');
/** CSV streams; the others are held in memory while they are made. */
const ROWS_MAX: Readonly<Record<Format, number>> = { CSV: 2_000_000_000, XLSX: 100_000, PDF: 5_000 };
export type Download = { readonly stream: Readable; readonly name: string; readonly sizeBytes: number };

/** Exports as those see them who ask for them: asked for at once, fetched later, until they expire. */
@Injectable()
export class Exports {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly files: Files,
    private readonly outbox: Outbox,
  ) {}

  async put(actor: Actor, id: string, body: PutExport): Promise<ExportView> {
    const { windowId, partyId, format, detail, filter } = body;
    const hash = requestHash(body);
    const { networkId, rows, language } = await this.db.read(CLEARING, async (on) => {
      const { window } = await reachStatement(on, this.directory, actor, { windowId, partyId });
      const { country } = await this.directory.party(on, partyId);
      return {
        networkId: window.networkId,
        rows: await countStatement(on, windowId, partyId),
        language: body.language ?? languageOf(country),
      };
    });
    if (detail === 'ITEMISED' && rows > ROWS_MAX[format])
      throw ExportProblems.tooManyRows(
        `It has ${rows} rows and a ${format} holds ${ROWS_MAX[format]}: take a CSV, or a summary.`,
        { rows, most: ROWS_MAX[format] },
      );
    await this.db.tx(withNetworks(CLEARING, networkId), async (tx) => {
      const [added] = await sql(
        tx,
        `INSERT INTO exports.exports (id, network_id, window_id, party_id, format, detail, language, filter, state,
           rows_expected, asked_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'QUEUED', $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`,
        [
          id,
          networkId,
          windowId,
          partyId,
          format,
          detail,
          language,
          JSON.stringify(filter),
          rows,
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      if (!added) return demandSame(await exportRow(tx, id), hash);
      await this.outbox.add(
        tx,
        ExportRequested,
        { exportId: id },
        { actor: actor.name, networkIds: [networkId] },
      );
    });
    return this.get(actor, id);
  }

  get(actor: Actor, id: string): Promise<ExportView> {
    return this.db.read(CLEARING, async (on) => exportView(await this.reach(on, actor, id)));
  }

  list(actor: Actor, query: ExportsQuery): Promise<ExportPage> {
    return this.db.read(CLEARING, async (on) => {
      if ('networkId' in query) {
        const { networkId } = query;
        demand(actor, 'windows:read', { organisationId: networkId, networkId });
        return page(await exportsOf(on, 'export.network_id', networkId));
      }
      const party = await this.directory.party(on, query.partyId);
      demand(actor, 'windows:read', await partyAt(on, this.directory, party));
      return page(await exportsOf(on, 'export.party_id', party.id));
    });
  }

  async download(actor: Actor, id: string): Promise<Download> {
    const row = await this.db.read(CLEARING, (on) => this.reach(on, actor, id));
    if (row.isExpired) throw ExportProblems.expired('Ask for the same export again, under a new id.');
    if (row.state !== 'DONE')
      throw ExportProblems.notReady('Wait until its state is DONE; GET /v1/exports/{id} tells.', {
        state: row.state,
      });
    return {
      stream: Readable.from(this.pieces(row)),
      name: fileName(row),
      sizeBytes: row.sizeBytes!,
    };
  }

  private async *pieces({ fileId, networkId }: ExportRow): AsyncGenerator<Buffer> {
    const scope = withNetworks(CLEARING, networkId);
    for (let number = 0; ; number += 1) {
      const piece = await this.db.read(scope, (on) => this.files.piece(on, fileId!, number));
      if (!piece) return;
      yield piece;
    }
  }

  private async reach(on: Reader, actor: Actor, id: string): Promise<ExportRow> {
    const row = await exportRow(on, id);
    if (!row) throw ExportProblems.notFound('Check the id; there is no such export in your reach.');
    await reachStatement(on, this.directory, actor, { windowId: row.windowId, partyId: row.party.id });
    return row;
  }
}

function demandSame(row: ExportRow | undefined, hash: string): void {
  if (row?.requestHash !== hash)
    throw RequestProblems.idReused('This id stands for another export: make a new id.');
}

function page(rows: ExportRow[]): ExportPage {
  return { items: rows.map(exportView), next: null };
}
