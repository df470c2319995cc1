import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { mayRead, notFound } from './issuing.service.js';
import { changeOf, movementKind, namedIn, type LedgerMove } from './movement.rules.js';
import type { MovementPage, MovementView } from './movement.schema.js';
import { findPass, passAccounts, periodAccounts, type Pass } from './pass.queries.js';
import { isTeamsOwn } from './sources.js';

type Row = LedgerMove & { readonly at: Parameters<typeof instantFromDate>[0] };

/** What happened to a pass's half-days, from the ledger, oldest first. */
@Injectable()
export class Movements {
  constructor(private readonly db: Db) {}

  list(actor: Actor, passId: string): Promise<MovementPage> {
    return this.db.read(actor.scope, async (on) => {
      const pass = await findPass(on, passId);
      if (!pass || !mayRead(actor, pass)) throw notFound(passId);
      return { items: views(pass, await findMoves(on, pass)), next: null };
    });
  }

  async csv(actor: Actor, passId: string): Promise<string> {
    const { items } = await this.list(actor, passId);
    return stringify(
      items.map(({ at, kind, halfDays, change, leftHalfDays, bookingId, guestPassId }) => ({
        at,
        kind,
        half_days: halfDays,
        change,
        left: leftHalfDays,
        booking: bookingId,
        guest_pass: guestPassId,
      })),
      { header: true, escape_formulas: true, record_delimiter: 'windows' },
    );
  }
}

/** A member's are their own; of a team's pass nobody's visits are told, only what was issued and what lapsed. */
async function findMoves(on: Reader, pass: Pass): Promise<Row[]> {
  const { used } = passAccounts(pass.id);
  const accounts = pass.drawnFrom ? [used] : [...periodAccounts(pass), used];
  return sql<Row>(
    on,
    `SELECT id, kind, debit_account_id AS debit, credit_account_id AS credit, minor::int AS "halfDays", reason,
            created_at AS at
     FROM ledger.pub_transfers
     WHERE (debit_account_id = ANY ($1::uuid[]) OR credit_account_id = ANY ($1::uuid[]))
       AND ($2 OR kind = 'direct')
     ORDER BY created_at, CASE WHEN reason = 'pass issued' THEN 0 WHEN kind = 'hold' THEN 1 ELSE 2 END, id`,
    [accounts, !isTeamsOwn(pass)],
  );
}

function views(pass: Pass, moves: readonly Row[]): MovementView[] {
  const isCounted = pass.kind !== 'UNLIMITED' && pass.drawnFrom === null && !isTeamsOwn(pass);
  const available = new Set(periodAccounts(pass));
  let left = 0;
  return moves.map((move) => {
    const change = isCounted ? changeOf(move, available) : 0;
    left += change;
    return {
      id: move.id,
      at: instantFromDate(move.at).toString(),
      kind: movementKind(move),
      halfDays: move.halfDays,
      change,
      leftHalfDays: isCounted ? left : null,
      bookingId: namedIn(move.reason, 'booking'),
      guestPassId: namedIn(move.reason, 'guest'),
    };
  });
}
