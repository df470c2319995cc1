import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { BEFORE_DAYS, monthlyOf, RECENT_DAYS, signsOf, type Seen } from './fragility.rules.js';
import type { FragilityPage, FragilityQuery, FragilityView } from './fragility.schema.js';
import { isStillGood } from './member.rules.js';
import type { MemberState } from './member.schema.js';
import { findBelow } from './version.queries.js';

const CLEARING = namedScope('clearing');
const ANYWHERE = namedScope('identity');

type Row = {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly owesMinor: string;
  readonly ceilingMinor: string | null;
  readonly standing: Seen['standing'];
  readonly visitsRecent: number;
  readonly visitsBefore: number;
  readonly closedDays: number | null;
};

/** The early warning: which spaces somebody should call, and why. */
@Injectable()
export class Fragility {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** For whoever runs the network, and for the space itself; for nobody else. */
  async list(actor: Actor, { networkId, spaceId }: FragilityQuery): Promise<FragilityPage> {
    if (networkId) demand(actor, 'networks:write', { organisationId: networkId, networkId });
    const today = dayAt(this.clock.now(), 'UTC').toString();
    const rows = await this.db.read(CLEARING, async (on) => {
      if (spaceId) await this.demandSpace(on, actor, spaceId);
      const networkIds = networkId ? await findBelow(on, networkId) : null;
      return sql<Row>(on, BOOKS, [networkIds, spaceId ?? null, today]);
    });
    const states = await this.db.read(ANYWHERE, (on) =>
      statesOf(
        on,
        rows.map(({ id }) => id),
      ),
    );
    const items = rows.map((row) => this.view(row, states.get(row.id)));
    return { items: items.toSorted((a, b) => b.signs.length - a.signs.length), next: null };
  }

  private async demandSpace(on: Reader, actor: Actor, spaceId: string): Promise<void> {
    const { operatorId, networkId } = await this.directory.space(on, spaceId);
    if (!may(actor, 'networks:write', { organisationId: networkId, networkId }))
      demand(actor, 'charter:write', { organisationId: operatorId });
  }

  private view(row: Row, member: Standing | undefined): FragilityView {
    const { id, name, city, visitsRecent, visitsBefore, closedDays } = row;
    const assessedAt = member?.assessedAt ?? null;
    const signs = signsOf({
      ...row,
      owesMinor: BigInt(row.owesMinor),
      ceilingMinor: row.ceilingMinor === null ? null : BigInt(row.ceilingMinor),
      state: member?.state ?? null,
      isAssessed: assessedAt !== null && isStillGood(Temporal.Instant.from(assessedAt), this.clock.now()),
    });
    const visits = { lastDays: visitsRecent, monthBefore: monthlyOf(visitsBefore) };
    return { space: { id, name, city }, signs, of: 4, visits, closedDays: closedDays ?? BEFORE_DAYS };
  }
}

/** $1 networks, $2 space, $3 today. What no settled window holds yet is still owed. */
const BOOKS = `
  SELECT space.id, space.name, space.city,
    coalesce((SELECT sum(CASE WHEN record.debtor_party_id = space.id THEN record.amount_minor
        ELSE -record.amount_minor END)
      FROM checkin.pub_visit_records record
      LEFT JOIN settlement.pub_lines line ON line.record_id = record.id
      LEFT JOIN settlement.pub_windows w ON w.id = line.window_id
      WHERE space.id IN (record.debtor_party_id, record.creditor_party_id) AND record.settles
        AND record.debtor_party_id <> record.creditor_party_id AND record.unit = rules.ceiling_unit
        AND w.state IS DISTINCT FROM 'SETTLED'), 0)::text AS "owesMinor",
    rules.ceiling_minor::text AS "ceilingMinor", coalesce(standing.standing, 'ACTIVE') AS standing,
    (SELECT count(*)::int FROM checkin.pub_visit_records record WHERE record.host_space_id = space.id
       AND record.day > $3::date - ${RECENT_DAYS} AND record.day <= $3::date) AS "visitsRecent",
    (SELECT count(*)::int FROM checkin.pub_visit_records record WHERE record.host_space_id = space.id
       AND record.day > $3::date - ${RECENT_DAYS + BEFORE_DAYS} AND record.day <= $3::date - ${RECENT_DAYS}) AS "visitsBefore",
    (SELECT CASE WHEN bool_or(closure.until_day IS NULL) THEN NULL
        ELSE coalesce(sum(closure.until_day - closure.from_day + 1), 0)::int END
     FROM bookings.pub_closures closure WHERE closure.space_id = space.id AND closure.withdrawn_at IS NULL
       AND coalesce(closure.until_day, $3::date) >= $3::date - ${BEFORE_DAYS}) AS "closedDays"
  FROM directory.pub_spaces space
  LEFT JOIN LATERAL (SELECT ceiling_minor, ceiling_unit FROM treasury.pub_party_rules
    WHERE party_id = space.id AND from_day <= $3::date ORDER BY from_day DESC LIMIT 1) rules ON true
  LEFT JOIN LATERAL (SELECT standing FROM treasury.pub_standings
    WHERE party_id = space.id AND from_day <= $3::date ORDER BY from_day DESC LIMIT 1) standing ON true
  WHERE ($1::uuid[] IS NULL OR space.network_id = ANY ($1)) AND ($2::uuid IS NULL OR space.id = $2)
  ORDER BY space.name, space.id LIMIT 500`;

type Standing = { readonly state: MemberState; readonly assessedAt: string | null };

async function statesOf(on: Reader, spaceIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const rows = await sql<Standing & { spaceId: string }>(
    on,
    `SELECT member.space_id AS "spaceId", member.state,
       (SELECT to_char(max(assessment.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM charter.assessments assessment WHERE assessment.member_id = member.id) AS "assessedAt"
     FROM charter.members member
     WHERE member.space_id = ANY ($1) AND member.state <> 'EXITED' AND member.provisional_at IS NOT NULL`,
    [spaceIds],
  );
  return new Map(rows.map(({ spaceId, ...standing }) => [spaceId, standing]));
}
