import { Injectable } from '@nestjs/common';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import type {
  AllowanceQuery,
  AllowanceView,
  AttendanceQuery,
  AttendanceView,
  CountryDayPage,
} from './agent.schema.js';
import { Agents } from './agents.service.js';
import { allowanceOf, allowanceYear, type AllowanceDay } from './allowance.rules.js';
import { demandEmployer, wide } from './programme-access.js';
import { AgentProblems } from './programme.problems.js';

type AgentDays = {
  readonly agentId: string;
  readonly personId: string;
  readonly allowanceAbroad: boolean;
  readonly days: readonly AllowanceDay[];
};

const MONTHS_PER_QUARTER = 3;

/** What an employer is told, and nobody else: who was there on which days, and what allowance that makes. */
@Injectable()
export class Statements {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly agents: Agents,
  ) {}

  async attendance(
    actor: Actor,
    { employerId, fromDay, untilDay }: AttendanceQuery,
  ): Promise<AttendanceView> {
    const period = { from: fromDay.toString(), until: untilDay.toString() };
    const { employer, rows, names } = await this.attested(actor, employerId, period);
    const said = {
      employer,
      fromDay: period.from,
      untilDay: period.until,
      agents: rows.map(({ agentId, personId, days }) => ({
        agentId,
        name: names.get(personId) ?? '',
        days: days.map(({ day, halfDays }) => ({ day, halfDays })),
        halfDays: days.reduce((sum, { halfDays }) => sum + halfDays, 0),
      })),
    };
    return { ...said, checksum: requestHash(said), issuedAt: this.clock.now().toString() };
  }

  /** A quarter or a year. What was paid for earlier in the year uses up the cap first. */
  async allowance(actor: Actor, { employerId, year, quarter }: AllowanceQuery): Promise<AllowanceView> {
    const rate = allowanceYear(year);
    if (!rate) throw AgentProblems.noAllowance('It began on 1 September 2021.');
    const whole = { from: `${year}-01-01`, until: `${year}-12-31` };
    const { employer, rows, names } = await this.attested(actor, employerId, whole);
    const period = quarter === undefined ? whole : quarterOf(year, quarter);
    const euros = (minor: bigint) => ({ unit: 'EUR' as const, minor: Number(minor) });
    return {
      employer,
      fromDay: period.from,
      untilDay: period.until,
      perDay: euros(rate.dayMinor),
      yearCap: euros(rate.capMinor),
      source: rate.source,
      agents: rows.map(({ agentId, personId, days, allowanceAbroad }) => {
        const { minor, cappedMinor, ...counted } = allowanceOf(rate, days, {
          ...period,
          isDueAbroad: allowanceAbroad,
        });
        const name = names.get(personId) ?? '';
        return { agentId, name, ...counted, amount: euros(minor), overCap: euros(cappedMinor) };
      }),
    };
  }

  /** One's own. */
  countryDays(actor: Actor): Promise<CountryDayPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({
      items: await sql<CountryDayPage['items'][number]>(
        on,
        `SELECT extract(year FROM day)::int AS year, space.country,
           count(*) FILTER (WHERE voucher.state = 'CONSUMED')::int AS "attestedDays",
           count(*) FILTER (WHERE voucher.state = 'RESERVED')::int AS "bookedDays"
         FROM programmes.vouchers voucher JOIN directory.pub_spaces space ON space.id = space_id
         WHERE person_id = $1 AND day IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
        [personId],
      ),
      next: null,
    }));
  }

  private async attested(actor: Actor, employerId: string, period: { from: string; until: string }) {
    demandEmployer(actor, employerId);
    const { employer, rows } = await this.db.read(wide(actor), async (on) => {
      const { id, name } = await this.identity.organisation(on, employerId);
      return { employer: { id, name }, rows: await attestedDays(on, employerId, period) };
    });
    const names = await this.agents.names(rows.map(({ personId }) => personId));
    return { employer, rows, names };
  }
}

function quarterOf(year: number, quarter: number): { from: string; until: string } {
  const from = Temporal.PlainDate.from({ year, month: (quarter - 1) * MONTHS_PER_QUARTER + 1, day: 1 });
  const until = from.add({ months: MONTHS_PER_QUARTER }).subtract({ days: 1 });
  return { from: from.toString(), until: until.toString() };
}

/** Two half-days of one day are one day, wherever they were. A canteen counts as it stood on that day. */
function attestedDays(
  on: Reader,
  employerId: string,
  period: { from: string; until: string },
): Promise<AgentDays[]> {
  return sql<AgentDays>(
    on,
    `WITH days AS (
       SELECT agent_id, day, sum(half_days)::int AS half_days, min(space.country) AS country,
         bool_or(coalesce(fact.has_subsidised_canteen, false)) AS canteen
       FROM programmes.vouchers voucher JOIN directory.pub_spaces space ON space.id = space_id
       LEFT JOIN LATERAL (SELECT has_subsidised_canteen FROM programmes.host_facts fact
         WHERE fact.space_id = voucher.space_id AND from_day <= voucher.day ORDER BY from_day DESC LIMIT 1) fact ON true
       WHERE voucher.state = 'CONSUMED' AND day BETWEEN $2 AND $3 GROUP BY agent_id, day)
     SELECT agent.id AS "agentId", person_id AS "personId", allowance_abroad AS "allowanceAbroad",
       json_agg(json_build_object('day', day::text, 'halfDays', half_days, 'country', country,
         'hasSubsidisedCanteen', canteen) ORDER BY day) AS days
     FROM programmes.agents agent JOIN days ON days.agent_id = agent.id
     WHERE employer_id = $1 GROUP BY agent.id ORDER BY agent.id`,
    [employerId, period.from, period.until],
  );
}
