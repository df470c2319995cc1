import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { MembershipView } from './organisation.schema.js';

export type Membership = MembershipView;
export type Member = Membership & { readonly name: string; readonly email: string };

/** What node-postgres makes of a timestamptz. */
export type Moment = Parameters<typeof instantFromDate>[0];
type Dated<View> = Omit<View, 'createdAt' | 'endedAt'> & { createdAt: Moment; endedAt: Moment | null };

const COLUMNS = `membership.id, membership.person_id AS "personId",
  membership.organisation_id AS "organisationId", membership.role,
  membership.created_at AS "createdAt", membership.ended_at AS "endedAt"`;

export async function membershipById(on: Reader, id: string): Promise<Membership | null> {
  const [row] = await sql<Dated<Membership>>(
    on,
    `SELECT ${COLUMNS} FROM identity.memberships membership WHERE id = $1`,
    [id],
  );
  return row ? dated(row) : null;
}

export async function activeMembership(
  on: Reader,
  of: Pick<Membership, 'personId' | 'organisationId' | 'role'>,
): Promise<Membership | null> {
  const [row] = await sql<Dated<Membership>>(
    on,
    `SELECT ${COLUMNS} FROM identity.memberships membership
     WHERE person_id = $1 AND organisation_id = $2 AND role = $3 AND ended_at IS NULL`,
    [of.personId, of.organisationId, of.role],
  );
  return row ? dated(row) : null;
}

/** By id: roughly the order of joining, and always the same order. */
export async function membersOf(
  on: Reader,
  organisationId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Member[]> {
  const rows = await sql<Dated<Member>>(
    on,
    `SELECT ${COLUMNS}, person.name, person.email
     FROM identity.memberships membership JOIN identity.people person ON person.id = membership.person_id
     WHERE membership.organisation_id = $1 AND ($2::uuid IS NULL OR membership.id > $2)
     ORDER BY membership.id LIMIT $3`,
    [organisationId, after ?? null, limit],
  );
  return rows.map((row) => dated(row));
}

/** Moments as the wire writes them. */
export function wireMoment(moment: Moment): string;
export function wireMoment(moment: Moment | null): string | null;
export function wireMoment(moment: Moment | null): string | null {
  return moment && instantFromDate(moment).toString();
}

function dated<Row extends { createdAt: Moment; endedAt: Moment | null }>(
  row: Row,
): Omit<Row, 'createdAt' | 'endedAt'> & { createdAt: string; endedAt: string | null } {
  return { ...row, createdAt: wireMoment(row.createdAt), endedAt: wireMoment(row.endedAt) };
}
