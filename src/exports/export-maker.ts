import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Files } from '../platform/files/files.js';
import { Pdf } from '../platform/pdf/pdf.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { csv } from '../kernel/csv.js';
import { statementTotals, windowRow } from '../settlement/index.js';
import { cellText, ITEM_COLUMNS, SUMMARY_COLUMNS, type Cell } from './export-columns.js';
import { ControlSums, items, summary, type Item, type Summed } from './export-rows.js';
import { drafting, type Draft } from './export-writer.js';
import { xlsx } from './export-xlsx.js';
import { exportRow, fileName, type ExportRow } from './export.queries.js';
import { statementData, STATEMENT_SOURCE } from './statement-pdf.js';

const CLEARING = namedScope('clearing');
const KEPT_HOURS = 30 * 24;
const MEDIA_TYPE = {
  PDF: 'application/pdf',
  CSV: 'text/csv',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** Excel takes a file for UTF-8 only when it says so first. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Makes the files. Killed halfway and begun again, it makes the same export, once. */
@Injectable()
export class ExportMaker {
  private readonly logger = new Logger('Exports');

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly pdf: Pdf,
  ) {}

  async run(id: string): Promise<void> {
    const begun = await this.begin(id);
    if (!begun) return;
    try {
      await drafting((draft) => this.make(begun, draft));
    } catch (error) {
      this.logger.error({ exportId: id, error: error instanceof Error ? error.stack : String(error) });
      await this.update(begun, `state = 'FAILED', failure = 'The file could not be made.', ended_at = $2`, [
        this.clock.now().toString(),
      ]);
    }
  }

  /** One that stopped halfway begins again; one that is done or failed stays so. */
  private begin(id: string): Promise<ExportRow | null> {
    return this.db.tx(CLEARING, async (tx) => {
      const [begun] = await sql(
        tx,
        `UPDATE exports.exports SET state = 'RUNNING', started_at = $2, rows_written = 0
         WHERE id = $1 AND state IN ('QUEUED', 'RUNNING') RETURNING id`,
        [id, this.clock.now().toString()],
      );
      return begun ? (await exportRow(tx, id))! : null;
    });
  }

  private async make(row: ExportRow, draft: Draft): Promise<void> {
    const sums = new ControlSums();
    await this.write(row, draft, sums);
    const now = this.clock.now();
    const fileId = derivedId(row.id, 'file');
    const scope = withNetworks(CLEARING, row.networkId);
    await this.db.tx(scope, async (tx) => {
      const [done] = await sql(
        tx,
        `UPDATE exports.exports SET state = state WHERE id = $1 AND state = 'RUNNING' RETURNING id`,
        [row.id],
      );
      if (!done) return;
      const file = {
        id: fileId,
        networkId: row.networkId,
        name: fileName(row),
        mediaType: MEDIA_TYPE[row.format],
        sha256: draft.sha256(),
      };
      await this.files.putMade(tx, file, draft.pieces());
      await sql(
        tx,
        `UPDATE exports.exports SET state = 'DONE', file_id = $2, sha256 = $3, size_bytes = $4, rows_written = $5,
           control_sums = $6, ended_at = $7, expires_at = $8 WHERE id = $1`,
        [
          row.id,
          fileId,
          draft.sha256(),
          draft.size(),
          sums.rows,
          JSON.stringify(sums.values()),
          now.toString(),
          now.add({ hours: KEPT_HOURS }).toString(),
        ],
      );
    });
  }

  private async write(row: ExportRow, draft: Draft, sums: ControlSums): Promise<void> {
    if (row.detail === 'SUMMARY') {
      const claims = await summary(this.read, { windowId: row.windowId, partyId: row.party.id }, row.filter);
      for (const claim of claims) sums.add(claim, claim.linesMinor + claim.chargesMinor);
      return this.writeAll(row, draft, sums, { claims });
    }
    if (row.format !== 'CSV') {
      const all: Item[] = [];
      for await (const batch of this.batches(row, sums)) all.push(...batch);
      return this.writeAll(row, draft, sums, { items: all });
    }
    await draft.write(BYTE_ORDER_MARK + csv([ITEM_COLUMNS.map(([name]) => name)]));
    for await (const batch of this.batches(row, sums))
      await draft.write(csv(batch.map((item) => ITEM_COLUMNS.map(([, read]) => cellText(read(item))))));
  }

  /** Every page adds to the control sums and shows how far it is. */
  private async *batches(row: ExportRow, sums: ControlSums): AsyncGenerator<Item[]> {
    const statement = { windowId: row.windowId, partyId: row.party.id };
    for await (const batch of items(this.read, statement, row.filter)) {
      for (const item of batch) sums.add(item, item.minor);
      await this.update(row, 'rows_written = $2', [sums.rows]);
      yield batch;
    }
  }

  private async writeAll(
    row: ExportRow,
    draft: Draft,
    sums: ControlSums,
    rows: { items: Item[] } | { claims: Summed[] },
  ): Promise<void> {
    if (row.format === 'PDF') return draft.write(await this.print(row, sums, rows));
    const [header, cells] =
      'items' in rows ? table(ITEM_COLUMNS, rows.items) : table(SUMMARY_COLUMNS, rows.claims);
    if (row.format === 'XLSX') return draft.write(await xlsx(`Window ${row.windowNumber}`, header, cells));
    await draft.write(BYTE_ORDER_MARK + csv([header, ...cells.map((cell) => cell.map(cellText))]));
  }

  private async print(
    row: ExportRow,
    sums: ControlSums,
    rows: { items: Item[] } | { claims: Summed[] },
  ): Promise<Buffer> {
    const facts = await this.read(async (on) => {
      const { number, fromDay, untilDay } = (await windowRow(on, row.windowId))!;
      const [network] = await sql<{ name: string }>(
        on,
        'SELECT name FROM directory.pub_parties WHERE id = $1',
        [row.networkId],
      );
      return {
        language: row.language,
        party: row.party.name,
        network: network!.name,
        window: { number, fromDay, untilDay: untilDay! },
        totals: await statementTotals(on, row.windowId, row.party.id),
        controlSums: sums.values(),
        exportId: row.id,
      };
    });
    return this.pdf.print(STATEMENT_SOURCE, statementData(facts, rows));
  }

  private readonly read = <Result>(read: (on: Reader) => Promise<Result>): Promise<Result> =>
    this.db.read(CLEARING, read);

  private async update({ id }: ExportRow, assignments: string, values: unknown[]): Promise<void> {
    await this.db.tx(CLEARING, (tx) =>
      sql(tx, `UPDATE exports.exports SET ${assignments} WHERE id = $1 AND state = 'RUNNING'`, [
        id,
        ...values,
      ]),
    );
  }
}

function table<Row>(
  columns: readonly (readonly [string, (row: Row) => Cell | null])[],
  rows: readonly Row[],
): [string[], (Cell | null)[][]] {
  return [columns.map(([name]) => name), rows.map((row) => columns.map(([, read]) => read(row)))];
}
