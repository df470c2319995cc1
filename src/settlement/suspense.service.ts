import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { PartyAccounts } from './party-accounts.js';
import { Credits, lockLine } from './credits.service.js';

/** Lines whose payment waits for the end of a dispute, and what becomes of them then. */
@Injectable()
export class Suspense {
  constructor(
    private readonly clock: Clock,
    private readonly credits: Credits,
    private readonly accounts: PartyAccounts,
  ) {}

  /** Scope `clearing`. False when its payments are called already: then only a credit can correct it. */
  async begin(
    tx: Tx,
    of: { readonly disputeId: string; readonly recordId: string; readonly minor: bigint },
  ): Promise<boolean> {
    // The lock keeps a call from planning without this line while we add it.
    await sql(
      tx,
      `SELECT w.id FROM settlement.windows w JOIN settlement.lines line ON line.window_id = w.id
       WHERE line.record_id = $1 FOR SHARE OF w`,
      [of.recordId],
    );
    const added = await sql(
      tx,
      `INSERT INTO settlement.suspensions (record_id, window_id, network_id, dispute_id, debtor_party_id,
         creditor_party_id, unit, amount_minor, created_at)
       SELECT line.record_id, line.window_id, line.network_id, $2, line.debtor_party_id, line.creditor_party_id, line.unit,
         $3, $4
       FROM settlement.lines line JOIN settlement.windows w ON w.id = line.window_id
       WHERE line.record_id = $1 AND w.state IN ('CLOSED', 'ADVISED') AND line.unit <> 'HALF_DAY'
       ON CONFLICT DO NOTHING RETURNING record_id`,
      [of.recordId, of.disputeId, of.minor, this.clock.now().toString()],
    );
    if (added.length > 0) await this.accounts.suspend(tx, of.disputeId);
    return added.length > 0;
  }

  /** Both land in the window that is open: what waited falls due, and what is not owed is credited. */
  async end(
    tx: Tx,
    of: {
      readonly disputeId: string;
      readonly recordId: string;
      readonly creditMinor: bigint;
      readonly reason: string;
      readonly actor: string;
    },
  ): Promise<void> {
    const now = this.clock.now();
    await sql(
      tx,
      `INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
         record_id, note, charged_by, created_at)
       SELECT settlement.derived_id($2, 'release'), suspension.network_id, 'RELEASE', debtor_party_id, creditor_party_id,
         unit, amount_minor, $5, record_id, $3, $4, $6
       FROM settlement.suspensions suspension JOIN settlement.windows w ON w.id = suspension.window_id
       WHERE record_id = $1 AND dispute_id = $2 AND w.state <> 'ABORTED' ON CONFLICT DO NOTHING`,
      [
        of.recordId,
        of.disputeId,
        of.reason,
        of.actor,
        now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
        now.toString(),
      ],
    );
    const line = await lockLine(tx, of.recordId);
    if (!line || of.creditMinor === 0n) return;
    const [{ id } = { id: '' }] = await sql<{ id: string }>(
      tx,
      `SELECT settlement.derived_id($1, 'dispute credit') AS id`,
      [of.disputeId],
    );
    const { recordId, creditMinor, reason, actor } = of;
    await this.credits.credit(tx, line, { id, recordId, amountMinor: creditMinor, reason, hash: '', actor });
  }
}
