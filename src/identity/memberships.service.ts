import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, sqlState, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { demand, denied } from './access.js';
import { mayAppoint } from './access.rules.js';
import { scopeOf, type Actor } from './actor.js';
import { MembershipProblems, PersonProblems } from './identity.problems.js';
import {
  activeMembership,
  membersOf,
  membershipById,
  type Member,
  type Membership,
} from './memberships.queries.js';
import type { PutMembership } from './organisation.schema.js';
import { atOrganisation, Organisations, type Organisation } from './organisations.service.js';
import { ROLES_IN, type Role } from './permissions.js';

const FOREIGN_KEY_VIOLATION = '23503';
const PAGE_SIZE = 100;

export type NewMembership = PutMembership & { readonly id: string };

@Injectable()
export class Memberships {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
  ) {}

  async put(actor: Actor, id: string, body: PutMembership): Promise<Membership> {
    const organisation = await this.organisations.get(body.organisationId);
    demandAppointment(actor, body.role, organisation);
    return this.db.tx(scopeOf(actor), async (tx) => {
      const isNew = await this.insert(tx, { id, ...body }, organisation);
      const stored = await membershipById(tx, id);
      if (stored && (isNew || isSame(stored, body))) return stored;
      const held = stored ? null : await activeMembership(tx, body);
      if (held)
        throw MembershipProblems.held('Nothing is left to do: use the membership there is.', { id: held.id });
      throw RequestProblems.idReused('Use a new id for another membership.');
    });
  }

  /** The members of an organisation, page by page. */
  async list(
    actor: Actor,
    organisationId: string,
    after: string | undefined,
  ): Promise<{ items: Member[]; next: string | null }> {
    const organisation = await this.organisations.get(organisationId);
    demand(actor, 'memberships:write', atOrganisation(organisation));
    // Names belong to people, not to networks: the wider reach shows them to whoever may appoint.
    const items = await this.db.read({ ...actor.scope, name: 'identity' }, (on) =>
      membersOf(on, organisationId, { after, limit: PAGE_SIZE }),
    );
    return { items, next: items.length === PAGE_SIZE ? items.at(-1)!.id : null };
  }

  /** Leaving, or removing somebody. A membership that ended stays ended, and is answered again. */
  async end(actor: Actor, id: string): Promise<Membership> {
    return this.db.tx(scopeOf(actor), async (tx) => {
      const membership = await membershipById(tx, id);
      if (!membership) throw MembershipProblems.notFound(`There is no membership ${id} in your reach.`);
      if (membership.personId !== actor.personId) {
        demandAppointment(
          actor,
          membership.role,
          await this.organisations.find(tx, membership.organisationId),
        );
      }
      if (membership.role === 'network_admin') await keepAnAdmin(tx, [membership]);
      await sql(tx, 'UPDATE identity.memberships SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [
        id,
        this.clock.now().toString(),
      ]);
      return (await membershipById(tx, id))!;
    });
  }

  /** Every role of somebody who switches off. */
  async endAll(tx: Tx, personId: string): Promise<void> {
    const administered = await sql<Pick<Membership, 'id' | 'organisationId'>>(
      tx,
      `SELECT id, organisation_id AS "organisationId" FROM identity.memberships
       WHERE person_id = $1 AND role = 'network_admin' AND ended_at IS NULL`,
      [personId],
    );
    await keepAnAdmin(tx, administered);
    await sql(tx, 'UPDATE identity.memberships SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL', [
      personId,
      this.clock.now().toString(),
    ]);
  }

  /** False when the id is taken, or the person has the role already. */
  async insert(tx: Tx, membership: NewMembership, organisation: Organisation): Promise<boolean> {
    demandFit(membership.role, organisation);
    try {
      const inserted = await sql(
        tx,
        `INSERT INTO identity.memberships (id, person_id, organisation_id, network_id, role, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
        [
          membership.id,
          membership.personId,
          organisation.id,
          organisation.networkId,
          membership.role,
          this.clock.now().toString(),
        ],
      );
      return inserted.length === 1;
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      throw PersonProblems.notFound(`There is no person ${membership.personId}.`);
    }
  }
}

/** Who may write memberships there, and this role among them. */
export function demandAppointment(actor: Actor, role: Role, organisation: Organisation): void {
  demand(actor, 'memberships:write', atOrganisation(organisation));
  if (!mayAppoint(actor, role, atOrganisation(organisation))) throw denied();
}

export function demandFit(role: Role, { kind }: Organisation): void {
  if (ROLES_IN[kind].includes(role)) return;
  throw MembershipProblems.roleUnfit(`Choose one of: ${ROLES_IN[kind].join(', ')}.`);
}

/**
 * Locks the administrators of the organisations in the order of their ids, so that two who leave at the
 * same moment come one after the other, and the second one stays.
 */
async function keepAnAdmin(
  tx: Tx,
  leaving: readonly Pick<Membership, 'id' | 'organisationId'>[],
): Promise<void> {
  const admins = await sql<Pick<Membership, 'id' | 'organisationId'>>(
    tx,
    `SELECT id, organisation_id AS "organisationId" FROM identity.memberships
     WHERE organisation_id = ANY ($1) AND role = 'network_admin' AND ended_at IS NULL
     ORDER BY id FOR UPDATE`,
    [leaving.map((membership) => membership.organisationId)],
  );
  const leavingIds = new Set(leaving.map((membership) => membership.id));
  const isLeaving = admins.some((admin) => leavingIds.has(admin.id));
  const staying = new Set(
    admins.filter(({ id }) => !leavingIds.has(id)).map((admin) => admin.organisationId),
  );
  const orphan = admins.find((admin) => !staying.has(admin.organisationId));
  if (isLeaving && orphan) {
    throw MembershipProblems.lastAdmin('Appoint another administrator of the network first.', {
      organisationId: orphan.organisationId,
    });
  }
}

function isSame(stored: Membership, body: PutMembership): boolean {
  return (['personId', 'organisationId', 'role'] as const).every((key) => stored[key] === body[key]);
}
