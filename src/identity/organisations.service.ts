import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { demand } from './access.js';
import type { At } from './access.rules.js';
import { scopeOf, type Actor } from './actor.js';
import { OrganisationProblems } from './identity.problems.js';
import type { PutOrganisation } from './organisation.schema.js';
import type { OrganisationKind } from './permissions.js';

export type Organisation = {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly country: string;
  /** The network above: an operator's or a chapter's network; null for a root. */
  readonly parentId: string | null;
  /** The nearest network: its own id for a network, else the parent. */
  readonly networkId: string | null;
};

export type NewOrganisation = Omit<Organisation, 'networkId'>;

/** Where a permission over an organisation itself is asked for. */
export function atOrganisation({ id, networkId }: Pick<Organisation, 'id' | 'networkId'>): At {
  return networkId ? { organisationId: id, networkId } : { organisationId: id };
}

@Injectable()
export class Organisations {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  get(id: string): Promise<Organisation> {
    return this.db.read(PUBLIC_SCOPE, (on) => this.find(on, id));
  }

  /** Whoever runs a network adds operators and chapters to it; a root is added by the platform. */
  async put(actor: Actor, id: string, body: PutOrganisation): Promise<Organisation> {
    const above = body.parentId ?? id;
    demand(actor, 'organisations:write', { organisationId: above, networkId: above });
    const networkId = body.kind === 'network' ? id : body.parentId;
    const scope = scopeOf(actor);
    return this.db.tx(networkId ? withNetworks(scope, networkId) : scope, async (tx) => {
      const isNew = await this.insert(tx, { id, ...body });
      const stored = await this.find(tx, id);
      if (!isNew && !isSame(stored, body)) {
        throw RequestProblems.idReused('This organisation exists and is another one.');
      }
      return stored;
    });
  }

  async find(on: Reader, id: string): Promise<Organisation> {
    const [organisation] = await sql<Organisation>(
      on,
      `SELECT id, kind, name, country, parent_id AS "parentId", network_id AS "networkId"
       FROM identity.organisations WHERE id = $1`,
      [id],
    );
    if (!organisation) throw OrganisationProblems.notFound(`There is no organisation ${id}.`);
    return organisation;
  }

  /** False when the id is taken: compare, then. */
  async insert(tx: Tx, organisation: NewOrganisation): Promise<boolean> {
    try {
      const inserted = await sql(
        tx,
        `INSERT INTO identity.organisations (id, kind, name, country, parent_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          organisation.id,
          organisation.kind,
          organisation.name,
          organisation.country,
          organisation.parentId,
          this.clock.now().toString(),
        ],
      );
      return inserted.length === 1;
    } catch (error) {
      if (!violates(error, 'organisations_parent')) throw error;
      throw OrganisationProblems.parentUnfit('Name a network that exists as the parent.');
    }
  }
}

function isSame(stored: Organisation, body: PutOrganisation): boolean {
  return (['kind', 'name', 'country', 'parentId'] as const).every((key) => stored[key] === body[key]);
}

/** What is shown of an organisation. */
export function organisationView({ id, kind, name, country, parentId }: Organisation) {
  return { id, kind, name, country, parentId };
}
