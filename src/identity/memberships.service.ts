import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { ROLES_IN, type Role } from './permissions.js';
import { MembershipProblems } from './identity.problems.js';
import type { Organisation } from './organisations.service.js';

export type NewMembership = {
  readonly id: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly role: Role;
};

@Injectable()
export class Memberships {
  constructor(private readonly clock: Clock) {}

  /** False when the id is taken, or the person has the role already. */
  async insert(tx: Tx, membership: NewMembership, organisation: Organisation): Promise<boolean> {
    if (!ROLES_IN[organisation.kind].includes(membership.role)) {
      throw MembershipProblems.roleUnfit(`Choose one of: ${ROLES_IN[organisation.kind].join(', ')}.`);
    }
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
  }
}
