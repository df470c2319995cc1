import { Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { FoundPeopleView, OrganisationRowsView } from './impersonation.schema.js';

const PEOPLE_MAX = 30;
const ORGANISATIONS_MAX = 1_000;
const IDENTITY = namedScope('identity');

type Row = {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  switchedOffAt: Date | null;
  hasFactor: boolean;
  memberships: FoundPeopleView['items'][number]['memberships'];
};

/** Everybody and every organisation, for whoever runs the platform. */
@Injectable()
export class Registry {
  constructor(private readonly db: Db) {}

  /** By a part of the name or of the address. */
  async find(text: string): Promise<FoundPeopleView> {
    const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const rows = await this.db.read(IDENTITY, (on) =>
      sql<Row>(
        on,
        `SELECT id, name, email, created_at AS "createdAt", switched_off_at AS "switchedOffAt",
           (EXISTS (SELECT FROM identity.passkeys WHERE person_id = person.id)
             OR EXISTS (SELECT FROM identity.authenticators
               WHERE person_id = person.id AND confirmed_at IS NOT NULL)) AS "hasFactor",
           coalesce((SELECT json_agg(json_build_object('id', membership.id, 'role', membership.role,
               'organisationId', organisation.id, 'organisationName', organisation.name) ORDER BY membership.id)
             FROM identity.memberships membership
             JOIN identity.organisations organisation ON organisation.id = membership.organisation_id
             WHERE membership.person_id = person.id AND membership.ended_at IS NULL), '[]') AS memberships
         FROM identity.people person
         WHERE email_confirmed_at IS NOT NULL AND (lower(name) LIKE $1 OR email LIKE $1)
         ORDER BY lower(name), id LIMIT ${PEOPLE_MAX}`,
        [pattern],
      ),
    );
    const items = rows.map(({ createdAt, switchedOffAt, ...row }) => ({
      ...row,
      createdAt: instantFromDate(createdAt).toString(),
      switchedOffAt: switchedOffAt && instantFromDate(switchedOffAt).toString(),
    }));
    return { items, next: null };
  }

  async organisations(): Promise<OrganisationRowsView> {
    const items = await this.db.read(IDENTITY, (on) =>
      sql<OrganisationRowsView['items'][number]>(
        on,
        `SELECT id, kind, name, country, parent_id AS "parentId",
           (SELECT count(*)::int FROM identity.memberships
            WHERE organisation_id = organisation.id AND ended_at IS NULL) AS members,
           (SELECT count(*)::int FROM identity.devices
            WHERE organisation_id = organisation.id AND revoked_at IS NULL) AS devices
         FROM identity.organisations organisation
         ORDER BY kind = 'network' DESC, lower(name), id LIMIT ${ORGANISATIONS_MAX}`,
      ),
    );
    return { items, next: null };
  }
}
