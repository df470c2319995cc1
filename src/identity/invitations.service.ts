import { Injectable } from '@nestjs/common';
import { Db, sql, type Reader } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { demand, demandPerson } from './access.js';
import { scopeOf, type Actor } from './actor.js';
import { InvitationProblems } from './identity.problems.js';
import { Letters } from './letters.js';
import { Limits } from './limits.js';
import {
  activeMembership,
  membershipById,
  wireMoment,
  type Membership,
  type Moment,
} from './memberships.queries.js';
import { demandAppointment, demandFit, Memberships } from './memberships.service.js';
import type { InvitationView, PutInvitation } from './organisation.schema.js';
import { atOrganisation, Organisations } from './organisations.service.js';
import { hashSecret, newSecret } from './secrets.js';

const LIFE_DAYS = 14;
const WAITING_MAX = 200;

type Row = Omit<InvitationView, 'expiresAt' | 'acceptedAt' | 'withdrawnAt'> & {
  expiresAt: Moment;
  acceptedAt: Moment | null;
  withdrawnAt: Moment | null;
};

@Injectable()
export class Invitations {
  constructor(
    private readonly db: Db,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly letters: Letters,
    private readonly limits: Limits,
  ) {}

  /** A repeat of the same invitation writes no second mail. */
  async put(actor: Actor, id: string, body: PutInvitation): Promise<InvitationView> {
    const organisation = await this.organisations.get(body.organisationId);
    demandFit(body.role, organisation);
    demandAppointment(actor, body.role, organisation);
    const token = newSecret();
    return this.db.tx(scopeOf(actor), async (tx) => {
      const inserted = await sql(
        tx,
        `INSERT INTO identity.invitations (id, organisation_id, network_id, email, role, language, token_hash, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => ${LIFE_DAYS}))
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          id,
          organisation.id,
          organisation.networkId,
          body.email,
          body.role,
          body.language,
          hashSecret(token),
        ],
      );
      if (inserted.length === 1) await this.letters.invite(tx, { id, token, ...body }, organisation.name);
      const stored = await find(tx, id);
      if (!stored || !isSame(stored, body))
        throw RequestProblems.idReused('Use a new id for another invitation.');
      return view(stored);
    });
  }

  /** Those that can still be accepted, the newest first. */
  async waiting(actor: Actor, organisationId: string): Promise<{ items: InvitationView[]; next: null }> {
    const organisation = await this.organisations.get(organisationId);
    demand(actor, 'memberships:write', atOrganisation(organisation));
    const rows = await this.db.read(scopeOf(actor), (on) =>
      sql<Row>(
        on,
        `${SELECT} WHERE organisation_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL
           AND expires_at > now() ORDER BY id DESC LIMIT ${WAITING_MAX}`,
        [organisationId],
      ),
    );
    return { items: rows.map(view), next: null };
  }

  /** The link in the mail is worth nothing from now on. What was accepted is a membership, and ends as one. */
  async withdraw(actor: Actor, id: string): Promise<InvitationView> {
    return this.db.tx(scopeOf(actor), async (tx) => {
      const found = await find(tx, id);
      if (!found) throw InvitationProblems.notFound(`There is no invitation ${id} in your reach.`);
      demandAppointment(actor, found.role, await this.organisations.find(tx, found.organisationId));
      await sql(
        tx,
        `UPDATE identity.invitations SET withdrawn_at = now()
          WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL`,
        [id],
      );
      return view((await find(tx, id))!);
    });
  }

  /**
   * Whoever holds the mail's secret takes the role, once. The lookup needs the wider reach: the person is
   * not in the organisation's network yet.
   */
  async accept(actor: Actor, id: string, token: string, ip: string): Promise<Membership> {
    this.limits.linkFrom.count(ip);
    const personId = demandPerson(actor);
    return this.db.tx({ ...actor.scope, name: 'identity' }, async (tx) => {
      const values = [id, hashSecret(token), personId];
      const [taken] = await sql<Pick<Membership, 'organisationId' | 'role'>>(
        tx,
        `UPDATE identity.invitations SET accepted_at = now(), person_id = $3
         WHERE id = $1 AND token_hash = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL
           AND expires_at > now()
         RETURNING organisation_id AS "organisationId", role`,
        values,
      );
      if (!taken) return repeated(tx, values);
      const membership = { ...taken, id: derivedId(id, 'membership'), personId };
      await this.memberships.insert(tx, membership, await this.organisations.find(tx, taken.organisationId));
      const held = (await activeMembership(tx, membership))!;
      await sql(tx, 'UPDATE identity.invitations SET membership_id = $2 WHERE id = $1', [id, held.id]);
      return held;
    });
  }
}

async function repeated(on: Reader, values: unknown[]): Promise<Membership> {
  const [accepted] = await sql<{ membershipId: string }>(
    on,
    `SELECT membership_id AS "membershipId" FROM identity.invitations
     WHERE id = $1 AND token_hash = $2 AND person_id = $3`,
    values,
  );
  if (!accepted) {
    throw InvitationProblems.spent(
      'Ask to be invited again: this invitation was accepted, is too old, or is not complete.',
    );
  }
  return (await membershipById(on, accepted.membershipId))!;
}

const SELECT = `
  SELECT id, organisation_id AS "organisationId", email, role, language, expires_at AS "expiresAt",
    accepted_at AS "acceptedAt", withdrawn_at AS "withdrawnAt" FROM identity.invitations`;

async function find(on: Reader, id: string): Promise<Row | null> {
  const [row] = await sql<Row>(on, `${SELECT} WHERE id = $1`, [id]);
  return row ?? null;
}

function view(row: Row): InvitationView {
  return {
    ...row,
    expiresAt: wireMoment(row.expiresAt),
    acceptedAt: wireMoment(row.acceptedAt),
    withdrawnAt: wireMoment(row.withdrawnAt),
  };
}

function isSame(stored: Row, body: PutInvitation): boolean {
  return (['organisationId', 'email', 'role', 'language'] as const).every((key) => stored[key] === body[key]);
}
