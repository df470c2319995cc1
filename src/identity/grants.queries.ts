import { sql, type Reader } from '../platform/db.js';
import type { Role } from './permissions.js';
import type { Grant } from './actor.js';

/**
 * A network reaches everything below it, an operator or an institution the network above it, and a
 * platform administrator every network there is.
 */
const WITH_NETWORKS = `
  reach AS (
    SELECT given.organisation_id, given.kind, given.network_id
    FROM (SELECT DISTINCT organisation_id, kind, network_id FROM given) given WHERE given.network_id IS NOT NULL
    UNION
    SELECT reach.organisation_id, reach.kind, child.id
    FROM reach JOIN identity.organisations child ON child.parent_id = reach.network_id
    WHERE reach.kind = 'network' AND child.kind = 'network')
  SELECT given.role, given.organisation_id AS "organisationId", given.kind AS "organisationKind",
    CASE WHEN given.role = 'platform_admin'
      THEN ARRAY(SELECT id FROM identity.organisations WHERE kind = 'network' ORDER BY id)
      ELSE ARRAY(SELECT network_id FROM reach WHERE reach.organisation_id = given.organisation_id ORDER BY 1)
    END AS "networkIds"
  FROM given ORDER BY given.role, given.organisation_id`;

export function grantsOfPerson(on: Reader, personId: string): Promise<Grant[]> {
  return sql(
    on,
    `WITH RECURSIVE given AS (
       SELECT membership.role, membership.organisation_id, organisation.kind, organisation.network_id
       FROM identity.memberships membership
       JOIN identity.organisations organisation ON organisation.id = membership.organisation_id
       WHERE membership.person_id = $1 AND membership.ended_at IS NULL),
     ${WITH_NETWORKS}`,
    [personId],
  );
}

/** What a key or a device of an organisation acts as. */
export function grantsOfOrganisation(on: Reader, organisationId: string, role: Role): Promise<Grant[]> {
  return sql(
    on,
    `WITH RECURSIVE given AS (
       SELECT $2::text AS role, id AS organisation_id, kind, network_id
       FROM identity.organisations WHERE id = $1),
     ${WITH_NETWORKS}`,
    [organisationId, role],
  );
}
