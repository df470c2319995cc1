import { sql, type Reader } from '../platform/db.js';

export type Factors = {
  readonly hasFactor: boolean;
  readonly hasAuthenticator: boolean;
  readonly hasPassword: boolean;
  readonly recoveryCodesLeft: number;
};

/** What somebody can prove who they are by. Scope `identity`. */
export async function factorsOf(on: Reader, personId: string): Promise<Factors> {
  const [found] = await sql<Factors & { hasPasskey: boolean }>(
    on,
    `SELECT password_hash IS NOT NULL AS "hasPassword",
       EXISTS (SELECT FROM identity.passkeys WHERE person_id = person.id) AS "hasPasskey",
       EXISTS (SELECT FROM identity.authenticators WHERE person_id = person.id AND confirmed_at IS NOT NULL)
         AS "hasAuthenticator",
       (SELECT count(*)::int FROM identity.recovery_codes WHERE person_id = person.id AND used_at IS NULL)
         AS "recoveryCodesLeft"
     FROM identity.people person WHERE id = $1`,
    [personId],
  );
  const { hasPasskey, ...factors } = found!;
  return { ...factors, hasFactor: hasPasskey || factors.hasAuthenticator };
}
