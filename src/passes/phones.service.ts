import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { withNetworks } from '../platform/scope.js';
import { findSigned } from './credential.queries.js';
import { mayRead, notFound } from './issuing.service.js';
import { CredentialProblems } from './pass.problems.js';
import { findPass, lockPass } from './pass.queries.js';
import type { PhonePage, PhoneView } from './phone.schema.js';

type Stored = Parameters<typeof instantFromDate>[0];
type Row = Omit<PhoneView, 'since' | 'renewedAt' | 'expiresAt' | 'revokedAt'> & {
  since: Stored;
  renewedAt: Stored;
  expiresAt: Stored;
  revokedAt: Stored | null;
};

/** The phones and cards a pass is on, and how to end one of them from another. */
@Injectable()
export class Phones {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, passId: string): Promise<PhonePage> {
    return this.db.read(actor.scope, async (on) => {
      const pass = await findPass(on, passId);
      if (!pass || !mayRead(actor, pass)) throw notFound(passId);
      return { items: await findPhones(on, passId), next: null };
    });
  }

  /** A lost phone: no code of its key opens a door from now on. */
  async kill(actor: Actor, id: string): Promise<PhonePage> {
    const seen = await this.db.read(actor.scope, async (on) => {
      const signed = await findSigned(on, id);
      const pass = signed && (await findPass(on, signed.passId));
      return pass && mayRead(actor, pass) ? pass : null;
    });
    if (!seen) throw CredentialProblems.notFound(`There is no credential ${id} of yours.`);
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      await lockPass(tx, seen.id);
      await sql(
        tx,
        `UPDATE passes.credentials SET revoked_at = coalesce(revoked_at, $2), ended_by = coalesce(ended_by, 'KILLED')
         WHERE pass_id = $3 AND ended_by IS NULL
           AND (id = $1 OR holder_key = (SELECT holder_key FROM passes.credentials WHERE id = $1))`,
        [id, this.clock.now().toString(), seen.id],
      );
      return { items: await findPhones(tx, seen.id), next: null };
    });
  }
}

/** The latest first. */
async function findPhones(on: Reader, passId: string): Promise<PhoneView[]> {
  const rows = await sql<Row>(
    on,
    `SELECT * FROM (
       SELECT DISTINCT ON (coalesce(holder_key, uuid_send(id))) id, pass_id AS "passId", kind, label,
         rtrim(translate(encode(holder_key, 'base64'), E'+/\\n', '-_'), '=') AS "holderKey",
         min(issued_at) OVER (PARTITION BY coalesce(holder_key, uuid_send(id))) AS since,
         issued_at AS "renewedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", ended_by AS "endedBy"
       FROM passes.credentials WHERE pass_id = $1
       ORDER BY coalesce(holder_key, uuid_send(id)), issued_at DESC, id DESC) phones
     ORDER BY "renewedAt" DESC, id DESC LIMIT 50`,
    [passId],
  );
  return rows.map((row) => ({
    ...row,
    since: instantFromDate(row.since).toString(),
    renewedAt: instantFromDate(row.renewedAt).toString(),
    expiresAt: instantFromDate(row.expiresAt).toString(),
    revokedAt: row.revokedAt && instantFromDate(row.revokedAt).toString(),
  }));
}
