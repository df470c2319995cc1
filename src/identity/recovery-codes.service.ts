import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import type { RecoveryCodesView } from './factor.schema.js';
import { FactorLetters } from './factor-letters.js';
import { codeAsTyped, hashSecret, newCode } from './secrets.js';
import { noteSignInAct } from './sign-in-acts.js';

const CODES = 10;
const IDENTITY = namedScope('identity');

/** For the day the phone is lost: each works once. Eighty random bits, so that a plain hash keeps them. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly db: Db,
    private readonly letters: FactorLetters,
  ) {}

  /** New ones end the old ones. The codes are in the first answer only: if that got lost, make others. */
  async put(actor: Actor, id: string): Promise<RecoveryCodesView> {
    const personId = demandPerson(actor);
    const codes = Array.from({ length: CODES }, () => `${newCode()}-${newCode()}`);
    return this.db.tx(IDENTITY, async (tx) => {
      // Two at the same moment come one after the other.
      await sql(tx, 'SELECT FROM identity.people WHERE id = $1 FOR UPDATE', [personId]);
      const known = await sql(tx, 'SELECT FROM identity.recovery_codes WHERE batch = $1 AND person_id = $2', [
        id,
        personId,
      ]);
      if (known.length > 0) return { id, codes: null };
      await sql(tx, 'DELETE FROM identity.recovery_codes WHERE person_id = $1', [personId]);
      await sql(
        tx,
        `INSERT INTO identity.recovery_codes (id, person_id, batch, code_hash)
         SELECT code.id, $1, $2, code.hash FROM unnest($3::uuid[], $4::bytea[]) AS code (id, hash)`,
        [personId, id, codes.map(() => newId()), codes.map((code) => hashSecret(codeAsTyped(code)))],
      );
      await noteSignInAct(tx, actor, personId, 'RECOVERY_CODES_MADE');
      await this.letters.changed(tx, personId, 'RECOVERY_CODES_MADE');
      return { id, codes };
    });
  }
}

/** Each works once; false when it is not theirs, or was used. */
export async function takeRecoveryCode(tx: Tx, personId: string, typed: string): Promise<boolean> {
  const taken = await sql(
    tx,
    `UPDATE identity.recovery_codes SET used_at = now()
     WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING id`,
    [personId, hashSecret(codeAsTyped(typed))],
  );
  return taken.length === 1;
}
