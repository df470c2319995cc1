/**
 * What clients asked for and were told. An operation is written down before it is sent; afterwards what was answered is
 * compared with what the database holds: what was answered is there exactly once, what was refused is not there, and what
 * nobody knows is there at most once, whole or not at all.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

const TRIES_MAX = 6;
/** Nothing was sent: the next process may be asked without a doubt. */
const NOBODY_THERE = 'ECONNREFUSED';

/** A refusal is final; 5xx, a cut and a silence are not known. */
export function outcomeOf({ status }) {
  if (status === 200) return 'ok';
  return status >= 400 && status < 500 ? 'fail' : 'unknown';
}

export function openHistory(file) {
  const descriptor = openSync(file, 'a');
  const operations = [];
  const write = (line) => void writeSync(descriptor, `${JSON.stringify(line)}\n`);

  /**
   * Sends it, and again under the same id while nobody knows, up to `tries` times. `kind` names the effect that is
   * looked for under `id`.
   */
  async function run({ kind, id, tries = TRIES_MAX, ...about }, send) {
    const operation = { number: operations.length, kind, id, outcome: 'unknown', tries: 0, ...about };
    operations.push(operation);
    write({ number: operation.number, kind, id, start: performance.now() });
    let answer = { status: 0 };
    let wasUnclear = false;
    while (operation.tries < tries) {
      operation.tries += 1;
      answer = await send(operation.tries);
      if (outcomeOf(answer) !== 'unknown') break;
      if (answer.error !== NOBODY_THERE) wasUnclear = true;
    }
    // a refusal after a silence may be of the second try alone
    const last = outcomeOf(answer);
    operation.outcome = last === 'fail' && wasUnclear ? 'unknown' : last;
    operation.wasUnclear = wasUnclear;
    operation.status = answer.status;
    if (last === 'fail') operation.code = answer.body?.code;
    write({
      number: operation.number,
      end: performance.now(),
      result: operation.outcome,
      status: answer.status,
    });
    return { ...answer, operation };
  }

  return {
    operations,
    run,
    of: (kind) => operations.filter((operation) => operation.kind === kind),
    count: (outcome) => operations.filter((operation) => operation.outcome === outcome).length,
    /** Operations with a try whose answer nobody got, however they ended. */
    unclear: () => operations.filter(({ wasUnclear }) => wasUnclear).length,
    close: () => closeSync(descriptor),
  };
}

/** Of each kind: how often each of its effects is there, for every id that is asked for. */
const EFFECTS = {
  booking: `
    SELECT asked.id, (SELECT count(*)::int FROM bookings.bookings WHERE id = asked.id) AS rows,
      (SELECT count(*)::int FROM platform.outbox WHERE name = 'bookings.reserved.v1'
        AND payload->>'bookingId' = asked.id::text) AS events,
      (SELECT count(*)::int FROM ledger.transfers WHERE kind = 'hold' AND reason = 'booking ' || asked.id) AS holds
    FROM unnest($1::uuid[]) AS asked (id)`,
  cancellation: `
    SELECT asked.id, (SELECT count(*)::int FROM bookings.bookings WHERE id = asked.id AND state = 'CANCELED') AS rows,
      (SELECT count(*)::int FROM platform.outbox WHERE name = 'bookings.canceled.v1'
        AND payload->>'bookingId' = asked.id::text) AS events
    FROM unnest($1::uuid[]) AS asked (id)`,
  purchase: `
    SELECT asked.id, (SELECT count(*)::int FROM payments.purchases WHERE id = asked.id) AS rows,
      (SELECT count(*)::int FROM payments.payments WHERE purchase_id = asked.id) AS payments
    FROM unnest($1::uuid[]) AS asked (id)`,
  upload: `
    SELECT asked.id, (SELECT count(*)::int FROM checkin.scans WHERE id = asked.id) AS rows,
      (SELECT count(*)::int FROM checkin.offline_scans WHERE scan_id = asked.id) AS decisions
    FROM unnest($1::uuid[]) AS asked (id)`,
};

/** What does not agree, as sentences; an empty list when all is well. */
export async function compareHistory(history, ask) {
  const wrong = [];
  for (const [kind, query] of Object.entries(EFFECTS)) {
    const operations = history.of(kind);
    const rows = await ask(query, [operations.map(({ id }) => id)]);
    const effects = new Map(rows.map(({ id, ...counts }) => [id, Object.values(counts)]));
    for (const operation of operations) {
      const counts = effects.get(operation.id);
      if (!isRight(operation.outcome, counts))
        wrong.push(
          `${kind} ${operation.id}: answered ${operation.outcome}, and is there ${counts.join('/')} times`,
        );
    }
  }
  return wrong;
}

function isRight(outcome, counts) {
  if (outcome === 'ok') return counts.every((count) => count === 1);
  if (outcome === 'fail') return counts.every((count) => count === 0);
  return counts.every((count) => count <= 1 && count === counts[0]);
}
