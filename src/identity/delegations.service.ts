import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { demand, denied } from './access.js';
import type { Actor } from './actor.js';
import type {
  DelegatedActPage,
  DelegatedActView,
  DelegationPage,
  DelegationView,
  PutDelegation,
} from './delegation.schema.js';
import { DelegationProblems } from './identity.problems.js';
import { atOrganisation, Organisations } from './organisations.service.js';

const IDENTITY = namedScope('identity');
/** Whoever acts for another one is looked at once a year at least. */
const DAYS_MAX = 366;

/** Tasks that an organisation gives into the hands of another one, for a time. */
@Injectable()
export class Delegations {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
  ) {}

  async put(actor: Actor, id: string, body: PutDelegation): Promise<DelegationView> {
    const { organisationId, delegateId, tasks, fromDay, untilDay } = body;
    const [organisation, delegate] = [
      await this.organisations.get(organisationId),
      await this.organisations.get(delegateId),
    ];
    demand(actor, 'memberships:write', atOrganisation(organisation));
    // Nobody passes on what was lent to them.
    if (actor.grants.some((grant) => grant.delegation && grant.organisationId === organisationId))
      throw denied();
    if (organisation.kind !== 'operator' || !organisation.networkId || delegate.id === organisation.id)
      throw DelegationProblems.unfit(
        'An operator of a network lets another organisation act for its spaces.',
      );
    const days = fromDay.until(untilDay, { largestUnit: 'days' }).days;
    if (days < 0 || days > DAYS_MAX)
      throw DelegationProblems.periodUnfit(`Name a last day, at most ${DAYS_MAX} days after the first.`);
    const hash = requestHash(body);
    return this.db.tx(IDENTITY, async (tx) => {
      await sql(
        tx,
        `INSERT INTO identity.delegations (id, organisation_id, delegate_id, network_id, tasks, from_day, until_day,
           granted_by, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          organisationId,
          delegateId,
          organisation.networkId,
          tasks,
          fromDay.toString(),
          untilDay.toString(),
          actor.name,
          hash,
          this.clock.now().toString(),
        ],
      );
      const query = 'SELECT FROM identity.delegations WHERE id = $1 AND request_hash = $2';
      if ((await sql(tx, query, [id, hash])).length === 0)
        throw RequestProblems.idReused('This id is another delegation. Make a new id.');
      return delegationOf(tx, id);
    });
  }

  /** At once; what was done before stays on the list. */
  async revoke(actor: Actor, id: string): Promise<DelegationView> {
    const { organisation } = await this.seen(actor, id);
    demand(actor, 'memberships:write', atOrganisation(await this.organisations.get(organisation.id)));
    return this.db.tx(IDENTITY, async (tx) => {
      await sql(
        tx,
        'UPDATE identity.delegations SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL',
        [id, this.clock.now().toString(), actor.name],
      );
      return delegationOf(tx, id);
    });
  }

  /** Given by the organisation, or to it. */
  async list(actor: Actor, organisationId: string): Promise<DelegationPage> {
    if (!actor.grants.some((grant) => isIn(grant, organisationId))) throw denied();
    return this.db.read(IDENTITY, async (on) => ({
      items: await sql<DelegationView>(
        on,
        `${SELECT} WHERE $1 IN (delegation.organisation_id, delegation.delegate_id)
         ORDER BY delegation.until_day DESC, delegation.id LIMIT 200`,
        [organisationId],
      ),
      next: null,
    }));
  }

  async acts(actor: Actor, id: string): Promise<DelegatedActPage> {
    await this.seen(actor, id);
    return this.db.read(IDENTITY, async (on) => ({
      items: await sql<DelegatedActView>(
        on,
        `SELECT act.id, to_char(act.created_at AT TIME ZONE 'UTC', ${MOMENT}) AS at,
           coalesce(person.name, act.acted_by) AS by,
           json_build_object('id', organisation.id, 'name', organisation.name) AS "onBehalfOf", act.method, act.path
         FROM identity.delegated_acts act
         JOIN identity.delegations delegation ON delegation.id = act.delegation_id
         JOIN identity.organisations organisation ON organisation.id = delegation.organisation_id
         LEFT JOIN identity.people person ON 'person:' || person.id = act.acted_by
         WHERE act.delegation_id = $1 ORDER BY act.created_at DESC, act.id DESC LIMIT 200`,
        [id],
      ),
      next: null,
    }));
  }

  /** Written down with the request that did it. */
  async note(actor: Actor, request: { readonly method: string; readonly path: string }): Promise<void> {
    const at = this.clock.now().toString();
    await this.db.tx(IDENTITY, async (tx) => {
      for (const delegationId of actor.actedFor)
        await sql(
          tx,
          `INSERT INTO identity.delegated_acts (id, delegation_id, network_id, acted_by, method, path, created_at)
           SELECT $1, id, network_id, $3, $4, $5, $6 FROM identity.delegations WHERE id = $2`,
          [newId(), delegationId, actor.name, request.method, request.path, at],
        );
    });
  }

  /** Both sides see it, and the network between them. */
  private async seen(actor: Actor, id: string): Promise<DelegationView> {
    const found = await this.db.read(IDENTITY, (on) => delegationOf(on, id));
    const isTheirs = actor.grants.some(
      (grant) => isIn(grant, found.organisation.id) || isIn(grant, found.delegate.id),
    );
    if (!isTheirs) throw notFound(id);
    return found;
  }
}

function isIn(grant: Actor['grants'][number], organisationId: string): boolean {
  return grant.organisationId === organisationId && !grant.delegation;
}

const MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const SELECT = `
  SELECT delegation.id, json_build_object('id', organisation.id, 'name', organisation.name) AS organisation,
    json_build_object('id', delegate.id, 'name', delegate.name) AS delegate, delegation.tasks,
    delegation.from_day::text AS "fromDay", delegation.until_day::text AS "untilDay",
    to_char(delegation.revoked_at AT TIME ZONE 'UTC', ${MOMENT}) AS "revokedAt",
    (SELECT count(*)::int FROM identity.delegated_acts act WHERE act.delegation_id = delegation.id) AS acts
  FROM identity.delegations delegation
  JOIN identity.organisations organisation ON organisation.id = delegation.organisation_id
  JOIN identity.organisations delegate ON delegate.id = delegation.delegate_id`;

async function delegationOf(on: Reader | Tx, id: string): Promise<DelegationView> {
  const [found] = await sql<DelegationView>(on, `${SELECT} WHERE delegation.id = $1`, [id]);
  if (!found) throw notFound(id);
  return found;
}

function notFound(id: string) {
  return DelegationProblems.notFound(`There is no delegation ${id} of your organisations.`);
}
