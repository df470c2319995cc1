import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { OrganisationProblems } from './identity.problems.js';
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

@Injectable()
export class Organisations {
  constructor(private readonly clock: Clock) {}

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
