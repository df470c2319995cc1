import { UNITS, type Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import { MatchProblems } from './banking.problems.js';

/** What a line in another currency should have been, and how we know. */
export type Expected = { readonly minor: string; readonly rateDay: string; readonly source: string };

/**
 * A party whose bank keeps another currency than its payment settles in that one. The rates are those of the window: what
 * the bank made of it, more or less, is the party's gain or loss.
 */
export async function expectedOf(
  on: Reader,
  paymentId: string,
  { minor, unit, lineUnit }: { readonly minor: bigint; readonly unit: Unit; readonly lineUnit: Unit },
): Promise<Expected> {
  const [expected] = await sql<Expected>(
    on,
    `SELECT settlement.converted($2, from_rate.rate, to_rate.rate, $5)::text AS minor,
       least(from_rate.rate_day, to_rate.rate_day)::text AS "rateDay",
       CASE $3 WHEN 'EUR' THEN to_rate.source ELSE from_rate.source END AS source
     FROM settlement.pub_payments payment
     CROSS JOIN LATERAL settlement.closing_rate(payment.window_id, $3) AS from_rate
     CROSS JOIN LATERAL settlement.closing_rate(payment.window_id, $4) AS to_rate
     WHERE payment.id = $1`,
    [paymentId, minor, unit, lineUnit, UNITS[lineUnit].scale - UNITS[unit].scale],
  );
  if (!expected)
    throw MatchProblems.rateMissing(
      `There is no rate between ${unit} and ${lineUnit} by the end of its window: import one, or enter it for two.`,
      { unit, lineUnit },
    );
  return expected;
}
