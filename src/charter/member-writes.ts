/** What every step of a member has in common: it is written once, and the row follows it or nothing happens. */
import { newId } from '../kernel/ids.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import type { Command, Grounds, MemberState } from './member.schema.js';

export type Step = {
  readonly id: string;
  readonly memberId: string;
  readonly networkId: string;
  readonly command: Command;
  readonly from: MemberState;
  readonly to: MemberState;
  readonly ground?: Grounds | null;
  readonly reasons?: string | null;
  readonly untilDay?: PlainDate | null;
  readonly deadline?: PlainDate | null;
  readonly by: string;
  readonly hash: string;
  readonly at: Instant;
};

/** false when the id is there already. */
export async function insertStep(tx: Tx, step: Step): Promise<boolean> {
  const inserted = await sql(
    tx,
    `INSERT INTO charter.steps (id, member_id, network_id, command, from_state, to_state, ground, reasons, until_day,
       taken_by, request_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      step.id,
      step.memberId,
      step.networkId,
      step.command,
      step.from,
      step.to,
      step.ground ?? null,
      step.reasons ?? null,
      step.untilDay?.toString() ?? null,
      step.by,
      step.hash,
      step.at.toString(),
    ],
  );
  return inserted.length > 0;
}

/** false when the member is no longer where the step begins. */
export async function moveMember(tx: Tx, step: Step): Promise<boolean> {
  const { memberId, from, to, command, at, deadline } = step;
  const moved = await sql(
    tx,
    `UPDATE charter.members SET state = $3, since = $4, deadline = $5,
       provisional_at = CASE WHEN $3 = 'PROVISIONAL' THEN coalesce(provisional_at, $4) ELSE provisional_at END,
       confirmed_at = CASE WHEN $6 = 'CONFIRM' THEN coalesce(confirmed_at, $4) ELSE confirmed_at END
     WHERE id = $1 AND state = $2 RETURNING id`,
    [memberId, from, to, at.toString(), deadline?.toString() ?? null, command],
  );
  return moved.length > 0;
}

type Renewal = {
  readonly networkIds: readonly string[];
  readonly versionId: string;
  readonly deadline: PlainDate;
  readonly by: string;
  readonly now: Instant;
};

/** Everybody in force who has not signed the new version is asked to: one statement, one step each. */
export async function renewMembers(tx: Tx, { networkIds, deadline, by, now }: Renewal): Promise<void> {
  const due = await sql<{ id: string; networkId: string; state: MemberState }>(
    tx,
    `SELECT id, network_id AS "networkId", state FROM charter.members
      WHERE network_id = ANY ($1) AND state IN ('PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE') ORDER BY id FOR UPDATE`,
    [networkIds],
  );
  const rows = due.map(({ id, networkId, state }) => ({
    id: newId(),
    member: id,
    network: networkId,
    from: state,
  }));
  await sql(
    tx,
    `INSERT INTO charter.steps (id, member_id, network_id, command, from_state, to_state, until_day, taken_by,
       request_hash, created_at)
     SELECT row.id, row.member, row.network, 'RENEW', row."from", 'RENEWAL_DUE', $2, $3, '', $4
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, member uuid, network uuid, "from" text)`,
    [JSON.stringify(rows), deadline.toString(), by, now.toString()],
  );
  await sql(
    tx,
    `UPDATE charter.members SET state = 'RENEWAL_DUE', since = $2, deadline = $3 WHERE id = ANY ($1)`,
    [due.map(({ id }) => id), now.toString(), deadline.toString()],
  );
}
