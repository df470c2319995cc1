import { newId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { PassProblems } from './pass.problems.js';
import { lockPass, type Pass } from './pass.queries.js';
import { stateAt, TRANSITIONS, type PassAction } from './pass.rules.js';

type Cause = { readonly actor: string; readonly now: Instant; readonly reason?: string };

/** Moves a locked pass along the table, and writes down when and by whom. A move it does not have is refused. */
export async function changeState(
  tx: Tx,
  pass: Pass,
  action: PassAction,
  { actor, now, reason }: Cause,
): Promise<Pass> {
  const from = stateAt(pass, now);
  const to = action === 'expire' ? TRANSITIONS[pass.state].expire : TRANSITIONS[from][action];
  if (!to) {
    throw PassProblems.wrongState(`The pass is ${from}: it cannot be changed in this way.`, { state: from });
  }
  await sql(tx, 'UPDATE passes.passes SET state = $2 WHERE id = $1', [pass.id, to]);
  await sql(
    tx,
    `INSERT INTO passes.pass_changes (id, pass_id, network_id, person_id, from_state, to_state, actor, created_at, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      newId(now.epochMilliseconds),
      pass.id,
      pass.networkId,
      pass.personId,
      pass.state,
      to,
      actor,
      now.toString(),
      reason ?? null,
    ],
  );
  return { ...pass, state: to };
}

/** Asking again for what a pass already is changes nothing. Its credentials open no door from now on. */
export async function revokePass(tx: Tx, id: string, by: Cause): Promise<void> {
  const pass = await lockPass(tx, id);
  if (!pass || stateAt(pass, by.now) === 'REVOKED') return;
  await changeState(tx, pass, 'revoke', by);
  await revokeCredentials(tx, id, by.now);
}

export async function revokeCredentials(tx: Tx, passId: string, now: Instant): Promise<void> {
  await sql(tx, 'UPDATE passes.credentials SET revoked_at = $2 WHERE pass_id = $1 AND revoked_at IS NULL', [
    passId,
    now.toString(),
  ]);
}
