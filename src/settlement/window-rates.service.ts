import { Injectable } from '@nestjs/common';
import { UNITS, type Unit } from '../kernel/money.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { RateProblems } from './window.problems.js';

const BASE = 'EUR';
const STALE_AFTER_DAYS = 7;
type Rate = { readonly day: string; readonly rate: string; readonly source: string };
type Closing = {
  readonly id: string;
  readonly networkId: string;
  readonly untilDay: string;
  readonly now: Instant;
};

/** Fixes, once per window, what one currency is worth in the other: never a rate of a later day, never an old one. */
@Injectable()
export class WindowRates {
  async fix(tx: Tx, closing: Closing, clearanceUnit: Unit | null): Promise<void> {
    if (!clearanceUnit) return;
    const to = await rateOf(tx, closing, clearanceUnit);
    for (const unit of await foreignUnits(tx, closing, clearanceUnit)) {
      const from = await rateOf(tx, closing, unit);
      const [older, newer] = [from, to].toSorted((a, b) => (a.day < b.day ? -1 : 1));
      await sql(
        tx,
        `INSERT INTO settlement.conversions (window_id, network_id, from_unit, to_unit, from_rate, to_rate, exponent,
           rate_day, source, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          closing.id,
          closing.networkId,
          unit,
          clearanceUnit,
          from.rate,
          to.rate,
          UNITS[clearanceUnit].scale - UNITS[unit].scale,
          unit === BASE ? newer!.day : older!.day,
          unit === BASE ? to.source : from.source,
          closing.now.toString(),
        ],
      );
    }
  }

  /** What one euro was in that unit on that day, by the same rules. */
  of(on: Reader, at: Pick<Closing, 'networkId' | 'untilDay'>, unit: Unit): Promise<Rate> {
    return rateOf(on, at, unit);
  }
}

/** Currencies of what is netted; what is paid gross is paid as it was billed. */
async function foreignUnits(tx: Tx, { id }: Closing, clearanceUnit: Unit): Promise<Unit[]> {
  const rows = await sql<{ unit: Unit }>(
    tx,
    `SELECT DISTINCT item.unit FROM settlement.pairs item
     JOIN directory.pub_parties debtor ON debtor.id = debtor_party_id
     JOIN directory.pub_parties creditor ON creditor.id = creditor_party_id
     WHERE window_id = $1 AND item.unit NOT IN ('HALF_DAY', $2) AND debtor_party_id <> creditor_party_id
       AND debtor.settlement_profile = 'NETTING_ALLOWED' AND creditor.settlement_profile = 'NETTING_ALLOWED'
     ORDER BY item.unit`,
    [id, clearanceUnit],
  );
  return rows.map(({ unit }) => unit);
}

/** The last one on or before the closing day; of one day, the network's own before the imported one. */
async function rateOf(
  tx: Reader,
  { networkId, untilDay }: Pick<Closing, 'networkId' | 'untilDay'>,
  unit: Unit,
): Promise<Rate> {
  if (unit === BASE) return { day: untilDay, rate: '1', source: BASE };
  const [found] = await sql<Rate>(
    tx,
    `SELECT day::text AS day, rate::text AS rate, source FROM (
       SELECT day, rate, source, 1 AS rank FROM treasury.pub_exchange_rates WHERE network_id = $1 AND quote = $2
       UNION ALL SELECT day, rate, source, 2 FROM settlement.fx_rates WHERE base = '${BASE}' AND quote = $2) AS rates
     WHERE day <= $3::date ORDER BY day DESC, rank LIMIT 1`,
    [networkId, unit, untilDay],
  );
  if (!found)
    throw RateProblems.missing(
      `There is no rate for ${unit} on or before ${untilDay}. Import one, or enter it and let a colleague sign it.`,
      { unit, untilDay },
    );
  const age = Temporal.PlainDate.from(found.day).until(untilDay, { largestUnit: 'day' }).days;
  if (age > STALE_AFTER_DAYS)
    throw RateProblems.stale(
      `The last rate for ${unit} is of ${found.day}, ${age} days before ${untilDay}. Import a newer one, or enter it.`,
      { unit, day: found.day, untilDay },
    );
  return found;
}
