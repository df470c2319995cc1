import { Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import type { SignInActPage, SignInWaysView } from './factor.schema.js';
import { factorsOf } from './factors.queries.js';
import { Passkeys } from './passkeys.service.js';

const ACTS_MAX = 50;
const IDENTITY = namedScope('identity');

/** What somebody sees of their own sign-in. */
@Injectable()
export class SignInWays {
  constructor(
    private readonly db: Db,
    private readonly passkeys: Passkeys,
  ) {}

  own(actor: Actor): Promise<SignInWaysView> {
    const personId = demandPerson(actor);
    return this.db.read(IDENTITY, async (on) => {
      const { hasPassword, recoveryCodesLeft } = await factorsOf(on, personId);
      const [authenticator] = await sql<{ id: string }>(
        on,
        'SELECT id FROM identity.authenticators WHERE person_id = $1 AND confirmed_at IS NOT NULL',
        [personId],
      );
      const passkeys = await this.passkeys.list(on, personId);
      return { hasPassword, passkeys, authenticator: authenticator ?? null, recoveryCodesLeft };
    });
  }

  /** The latest first. */
  acts(actor: Actor): Promise<SignInActPage> {
    const personId = demandPerson(actor);
    return this.db.read(IDENTITY, async (on) => {
      const rows = await sql<{
        id: string;
        kind: string;
        device: string;
        reason: string | null;
        createdAt: Date;
      }>(
        on,
        `SELECT act.id, act.kind, act.device, looking.reason, act.created_at AS "createdAt"
         FROM identity.sign_in_acts act
         LEFT JOIN identity.impersonations looking ON looking.id = act.impersonation_id
         WHERE act.person_id = $1 ORDER BY act.id DESC LIMIT ${ACTS_MAX}`,
        [personId],
      );
      const items = rows.map(({ createdAt, ...act }) => ({
        ...act,
        at: instantFromDate(createdAt).toString(),
      }));
      return { items, next: null };
    });
  }
}
