import type { Unit } from '../kernel/money.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { weekOf, type PlaceUse, type SponsoredVisit } from './programme.rules.js';
import type { ProgrammeState } from './programme.schema.js';

/** A programme that somebody holds vouchers of, and how much of it they have used around a day. */
export type HeldProgramme = {
  readonly id: string;
  readonly networkId: string;
  readonly unit: Unit;
  readonly dayPriceMinor: bigint;
  readonly votedMinor: bigint;
  readonly vouchersLeft: number;
  readonly usedThisWeek: number;
  readonly usedInAll: number;
  readonly rules: SponsoredVisit['programme'];
  readonly agent: SponsoredVisit['agent'];
};

type HeldRow = {
  id: string;
  networkId: string;
  unit: Unit;
  dayPriceMinor: string;
  votedMinor: string;
  vouchersLeft: number;
  usedThisWeek: number;
  usedInAll: number;
  state: ProgrammeState;
  startsOn: string;
  endsOn: string;
  countries: string[];
  priceCeilingMinor: string | null;
  daysPerWeek: number | null;
  daysPerPerson: number | null;
  needsMissionOrder: boolean;
  employerCountry: string | null;
  agentDaysPerWeek: number | null;
  validUntil: string | null;
};

/** Those whose vouchers end first come first. Whoever holds none costs one look into an index. */
export async function heldProgrammes(
  on: Reader,
  of: { readonly personId: string; readonly day: PlainDate; readonly now: Instant },
): Promise<HeldProgramme[]> {
  const week = weekOf(of.day);
  const rows = await sql<HeldRow>(
    on,
    `WITH held AS (
       SELECT programme_id, agent_id, min(expires_at) FILTER (WHERE state = 'ACCEPTED') AS ends,
         count(*) FILTER (WHERE state = 'ACCEPTED' AND expires_at > $2)::int AS left,
         coalesce(sum(half_days) FILTER (WHERE day BETWEEN $3 AND $4), 0)::int AS week,
         coalesce(sum(half_days), 0)::int AS used
       FROM programmes.vouchers WHERE person_id = $1
         AND (state IN ('ACCEPTED', 'RESERVED', 'CONSUMED') OR (state = 'RELEASED' AND state_by = 'missed'))
       GROUP BY programme_id, agent_id)
     SELECT programme.id, programme.network_id AS "networkId", programme.unit, day_price_minor AS "dayPriceMinor",
       coalesce(budget.voted_minor, 0) AS "votedMinor", held.left AS "vouchersLeft", held.week AS "usedThisWeek",
       held.used AS "usedInAll", programme.state, starts_on AS "startsOn", ends_on AS "endsOn", countries,
       price_ceiling_minor AS "priceCeilingMinor", programme.days_per_week AS "daysPerWeek",
       days_per_person AS "daysPerPerson", needs_mission_order AS "needsMissionOrder",
       employer.country AS "employerCountry", agent.days_per_week AS "agentDaysPerWeek",
       agent.valid_until AS "validUntil"
     FROM held JOIN programmes.programmes programme ON programme.id = held.programme_id
     LEFT JOIN programmes.budgets budget ON budget.programme_id = programme.id
     LEFT JOIN programmes.agents agent ON agent.id = held.agent_id AND agent.state = 'CONFIRMED'
     LEFT JOIN identity.pub_organisations employer ON employer.id = agent.employer_id
     ORDER BY held.ends NULLS LAST, programme.id`,
    [of.personId, of.now.toString(), week.from.toString(), week.until.toString()],
  );
  return rows.map(heldProgramme);
}

function heldProgramme(row: HeldRow): HeldProgramme {
  const { employerCountry, agentDaysPerWeek, validUntil } = row;
  const isConfirmed = employerCountry !== null && agentDaysPerWeek !== null && validUntil !== null;
  return {
    ...row,
    dayPriceMinor: BigInt(row.dayPriceMinor),
    votedMinor: BigInt(row.votedMinor),
    rules: {
      ...row,
      startsOn: Temporal.PlainDate.from(row.startsOn),
      endsOn: Temporal.PlainDate.from(row.endsOn),
      priceCeilingMinor: row.priceCeilingMinor === null ? null : BigInt(row.priceCeilingMinor),
    },
    agent: isConfirmed
      ? { employerCountry, daysPerWeek: agentDaysPerWeek, validUntil: Temporal.PlainDate.from(validUntil) }
      : null,
  };
}

export type ProgrammePlace = PlaceUse & {
  readonly spaceId: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
};

export function placesOf(on: Reader, programmeId: string): Promise<ProgrammePlace[]> {
  return sql<ProgrammePlace>(
    on,
    `SELECT space.id AS "spaceId", space.name, space.city, space.country, lat, lon, cap_half_days AS "capHalfDays",
       floor_half_days AS "floorHalfDays", used_half_days AS "usedHalfDays"
     FROM programmes.programme_spaces place JOIN directory.pub_spaces space ON space.id = place.space_id
     WHERE programme_id = $1 ORDER BY space.id`,
    [programmeId],
  );
}

export async function hasMissionOrder(
  on: Reader,
  of: { readonly personId: string; readonly country: string; readonly day: PlainDate },
): Promise<boolean> {
  const [row] = await sql<{ is: boolean }>(
    on,
    `SELECT EXISTS (SELECT FROM programmes.mission_orders
       WHERE person_id = $1 AND country = $2 AND $3::date BETWEEN from_day AND until_day) AS is`,
    [of.personId, of.country, of.day.toString()],
  );
  return row!.is;
}
