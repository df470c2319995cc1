import { sql, type Reader } from '../platform/db.js';
import { dayAt, type Instant } from '../kernel/time.js';
import { TASK_PERMISSIONS, type Role, type Task } from './permissions.js';
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

export async function grantsOfPerson(on: Reader, personId: string, now: Instant): Promise<Grant[]> {
  return [...(await ownGrantsOf(on, personId)), ...(await lentGrantsOf(on, personId, now))];
}

type Lent = Pick<Grant, 'organisationId' | 'networkIds'> & {
  readonly id: string;
  readonly tasks: readonly Task[];
};

/** What other organisations let those of this person do for them today. */
async function lentGrantsOf(on: Reader, personId: string, now: Instant): Promise<Grant[]> {
  const lent = await sql<Lent>(
    on,
    `SELECT delegation.id, delegation.tasks, delegation.organisation_id AS "organisationId",
       ARRAY[delegation.network_id] AS "networkIds"
     FROM identity.delegations delegation
     WHERE delegation.revoked_at IS NULL AND $2::date BETWEEN delegation.from_day AND delegation.until_day
       AND EXISTS (SELECT FROM identity.memberships membership
         WHERE membership.organisation_id = delegation.delegate_id AND membership.person_id = $1
           AND membership.ended_at IS NULL AND membership.role NOT IN ('nomad', 'researcher'))
     ORDER BY delegation.id`,
    [personId, dayAt(now, 'UTC').toString()],
  );
  return lent.map(({ id, tasks, ...at }) => ({
    ...at,
    role: 'space_manager',
    organisationKind: 'operator',
    delegation: { id, permissions: [...new Set(tasks.flatMap((task) => TASK_PERMISSIONS[task]))] },
  }));
}

function ownGrantsOf(on: Reader, personId: string): Promise<Grant[]> {
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
