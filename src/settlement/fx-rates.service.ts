import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { readFxFile, type FxRow } from './fx-file.js';

export type Outcome = 'created' | 'updated' | 'unchanged' | 'flagged' | 'refused';
/** Each row of the file has one outcome; `rows` lists those that somebody should look at. */
export type FxImport = Record<Outcome | 'read', number> & {
  readonly rates: { stored: number; notAvailable: number };
  readonly rows: { line: number; outcome: Outcome; reason: string }[];
};

const BASE = 'EUR';
const SOURCE = 'ECB';
const ROWS_PER_STATEMENT = 100;

/** Reference rates of the day, for showing an amount in another currency. They never price a visit. */
@Injectable()
export class FxRates {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async import(
    text: string,
    { dryRun, step }: { dryRun: boolean; step: (rows: number) => void },
  ): Promise<FxImport> {
    const { rows, refused } = readFxFile(text);
    const result: FxImport = {
      read: rows.length + refused.length,
      created: 0,
      updated: 0,
      unchanged: 0,
      flagged: 0,
      refused: refused.length,
      rates: { stored: 0, notAvailable: 0 },
      rows: refused.map(({ line, reason }) => ({ line, outcome: 'refused', reason })),
    };
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      const batch = rows.slice(at, at + ROWS_PER_STATEMENT);
      const changes = await this.write(batch, dryRun);
      for (const row of batch) count(result, row, changes.get(row.day));
      step(batch.length);
    }
    return result;
  }

  /** What happened to the rates of each day. A dry run asks the same question and writes nothing. */
  private write(batch: readonly FxRow[], dryRun: boolean): Promise<Map<string, Change>> {
    const rates = batch.flatMap(({ day, rates: ofDay }) => ofDay.map((rate) => ({ day, ...rate })));
    const given = [
      rates.map(({ day }) => day),
      rates.map(({ quote }) => quote),
      rates.map(({ rate }) => rate),
    ];
    return this.db.tx(namedScope('operator'), async (tx) => {
      const changes = await compare(tx, given);
      if (!dryRun) await store(tx, given, this.clock.now().toString());
      return new Map(changes.map((change) => [change.day, change]));
    });
  }
}

type Change = { readonly day: string; readonly fresh: number; readonly changed: number };

function count(result: FxImport, row: FxRow, change: Change | undefined): void {
  const outcome = row.flag ? 'flagged' : outcomeOf(change);
  result[outcome] += 1;
  result.rates.stored += row.rates.length;
  result.rates.notAvailable += row.notAvailable;
  if (row.flag) result.rows.push({ line: row.line, outcome, reason: row.flag });
}

function outcomeOf(change: Change | undefined): Outcome {
  if (!change || change.fresh + change.changed === 0) return 'unchanged';
  return change.changed > 0 ? 'updated' : 'created';
}

const GIVEN = `unnest($1::date[], $2::text[], $3::text[]) AS given (day, quote, rate)`;

/** Rates are compared as text: 141 and 141.00 are two ways to say it, and a file is kept as it says. */
function compare(tx: Tx, given: unknown[]): Promise<Change[]> {
  return sql<Change>(
    tx,
    `SELECT given.day::text AS day, count(*) FILTER (WHERE known.rate IS NULL)::int AS fresh,
       count(*) FILTER (WHERE known.rate::text <> given.rate)::int AS changed
     FROM ${GIVEN} LEFT JOIN settlement.fx_rates known
       ON known.day = given.day AND known.quote = given.quote AND known.base = '${BASE}'
     GROUP BY given.day`,
    given,
  );
}

async function store(tx: Tx, given: unknown[], now: string): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.fx_rates AS known (day, base, quote, rate, source, created_at, updated_at)
     SELECT given.day, '${BASE}', given.quote, given.rate::numeric, '${SOURCE}', $4, $4 FROM ${GIVEN}
     ON CONFLICT (day, base, quote) DO UPDATE SET rate = excluded.rate, updated_at = excluded.updated_at
     WHERE known.rate::text <> excluded.rate::text`,
    [...given, now],
  );
}
