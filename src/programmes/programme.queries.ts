import type { Unit } from '../kernel/money.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { ProgrammeProblems } from './programme.problems.js';
import type { ProgrammeState, ProgrammesQuery, ProgrammeView } from './programme.schema.js';

/** What decisions are made from. */
export type ProgrammeRow = {
  readonly id: string;
  readonly networkId: string;
  readonly sponsorId: string;
  readonly state: ProgrammeState;
  readonly unit: Unit;
  readonly dayPriceMinor: bigint;
  readonly spaceCapPercent: number;
  readonly voucherDays: number;
  readonly mailDomains: readonly string[];
  readonly madeBy: string;
  readonly requestHash: string;
  readonly carriedToId: string | null;
  readonly decisionRef: string | null;
};

export async function programmeRow(
  on: Reader,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ProgrammeRow> {
  const [row] = await sql<Omit<ProgrammeRow, 'dayPriceMinor'> & { dayPriceMinor: string }>(
    on,
    `SELECT id, network_id AS "networkId", sponsor_id AS "sponsorId", state, unit, day_price_minor AS "dayPriceMinor",
       space_cap_percent::int AS "spaceCapPercent", voucher_days::int AS "voucherDays", mail_domains AS "mailDomains",
       made_by AS "madeBy", request_hash AS "requestHash", carried_to_id AS "carriedToId", decision_ref AS "decisionRef"
     FROM programmes.programmes WHERE id = $1 ${lock}`,
    [id],
  );
  if (!row) throw ProgrammeProblems.notFound(`There is no programme ${id}. GET /v1/programmes lists yours.`);
  return { ...row, dayPriceMinor: BigInt(row.dayPriceMinor) };
}

const STAMP = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
export const stamp = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${STAMP})`;
const money = (column: string) =>
  `CASE WHEN ${column} IS NOT NULL THEN json_build_object('unit', programme.unit, 'minor', ${column}) END`;

const VIEW = `
  SELECT programme.id, programme.network_id AS "networkId",
    json_build_object('id', sponsor.id, 'name', sponsor.name) AS sponsor, programme.name, purpose,
    starts_on::text AS "startsOn", ends_on::text AS "endsOn", ${money('day_price_minor')} AS "dayPrice",
    ${money('price_ceiling_minor')} AS "priceCeiling", days_per_week::int AS "daysPerWeek",
    days_per_person::int AS "daysPerPerson", space_cap_percent::int AS "spaceCapPercent", countries, territories,
    mail_domains AS "mailDomains", voucher_days::int AS "voucherDays", needs_mission_order AS "needsMissionOrder",
    (SELECT coalesce(json_agg(json_build_object('id', employer.id, 'name', employer.name) ORDER BY employer.name), '[]')
       FROM programmes.programme_employers each JOIN identity.pub_organisations employer ON employer.id = employer_id
       WHERE each.programme_id = programme.id) AS employers,
    (SELECT coalesce(json_agg(json_build_object('id', space.id, 'name', space.name, 'city', space.city,
         'country', space.country, 'floorDays', floor_half_days / 2) ORDER BY space.name), '[]')
       FROM programmes.programme_spaces place JOIN directory.pub_spaces space ON space.id = place.space_id
       WHERE place.programme_id = programme.id) AS places,
    order_number AS "orderNumber", service_code AS "serviceCode", siret, decision_ref AS "decisionRef",
    budget_line AS "budgetLine", state, ${stamp('state_at')} AS "stateAt", carried_to_id AS "carriedToId"
  FROM programmes.programmes programme JOIN identity.pub_organisations sponsor ON sponsor.id = sponsor_id`;

export async function programmeView(on: Reader, id: string): Promise<ProgrammeView> {
  const [view] = await sql<ProgrammeView>(on, `${VIEW} WHERE programme.id = $1`, [id]);
  if (!view) throw ProgrammeProblems.notFound(`There is no programme ${id}. GET /v1/programmes lists yours.`);
  return view;
}

const PROGRAMMES_MAX = 100;

export function programmeViews(on: Reader, { sponsorId, networkId, employerId }: ProgrammesQuery) {
  return sql<ProgrammeView>(
    on,
    `${VIEW} WHERE ($1::uuid IS NULL OR sponsor_id = $1) AND ($2::uuid IS NULL OR programme.network_id = $2)
       AND ($3::uuid IS NULL OR EXISTS (SELECT FROM programmes.programme_employers each
         WHERE each.programme_id = programme.id AND employer_id = $3))
       AND (state <> 'DRAFT' OR $1::uuid IS NOT NULL OR $2::uuid IS NOT NULL)
     ORDER BY programme.id DESC LIMIT ${PROGRAMMES_MAX}`,
    [sponsorId ?? null, networkId ?? null, employerId ?? null],
  );
}

export type Budget = {
  readonly votedMinor: bigint;
  readonly committedMinor: bigint;
  readonly deliveredMinor: bigint;
  readonly paidMinor: bigint;
};

export async function budgetOf(on: Reader, programmeId: string): Promise<Budget> {
  const [row] = await sql<Record<keyof Budget, string>>(
    on,
    `SELECT voted_minor AS "votedMinor", committed_minor AS "committedMinor", delivered_minor AS "deliveredMinor",
       paid_minor AS "paidMinor" FROM programmes.budgets WHERE programme_id = $1`,
    [programmeId],
  );
  const { votedMinor = '0', committedMinor = '0', deliveredMinor = '0', paidMinor = '0' } = row ?? {};
  return {
    votedMinor: BigInt(votedMinor),
    committedMinor: BigInt(committedMinor),
    deliveredMinor: BigInt(deliveredMinor),
    paidMinor: BigInt(paidMinor),
  };
}

/** Named places, and every public space of the territories. */
export async function insertPlaces(
  tx: Tx,
  programme: { readonly id: string; readonly networkId: string; readonly at: string },
  places: readonly { readonly spaceId: string; readonly floorDays: number }[],
  territories: readonly string[],
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO programmes.programme_spaces (programme_id, network_id, space_id, floor_half_days, created_at)
     SELECT $1, $2, space.id, 2 * coalesce(given."floorDays", 0), $3
       FROM directory.pub_spaces space
       LEFT JOIN jsonb_to_recordset($4::jsonb) AS given ("spaceId" uuid, "floorDays" int) ON given."spaceId" = space.id
       WHERE given."spaceId" IS NOT NULL OR (space.territory_code = ANY ($5) AND space.visibility = 'public')
     ON CONFLICT DO NOTHING`,
    [programme.id, programme.networkId, programme.at, JSON.stringify(places), territories],
  );
}
