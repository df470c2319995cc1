import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { Agents } from './agents.service.js';
import { demandProgramme, wide } from './programme-access.js';
import { budgetOf, programmeRow, type ProgrammeRow } from './programme.queries.js';
import {
  concentration,
  HALF_DAYS_PER_DAY,
  mergeSmall,
  PERSONS_MIN,
  shareInTenThousandths,
} from './programme.rules.js';
import type { ProgrammeAgentPage, ProgrammeReportView } from './programme.schema.js';
import { uptakeOf, type PlaceUptake } from './uptake.queries.js';

/** What a sponsor sees of its programme: money and days by place, and days by agent, but never an agent at a place. */
@Injectable()
export class ProgrammeReports {
  constructor(
    private readonly db: Db,
    private readonly agents: Agents,
  ) {}

  report(actor: Actor, id: string): Promise<ProgrammeReportView> {
    return this.db.read(wide(actor), async (on) => {
      const programme = await programmeRow(on, id);
      demandProgramme(actor, programme);
      const { unit } = programme;
      const budget = await budgetOf(on, id);
      const uptake = await uptakeOf(on, id);
      const counted = await personsOf(on, id);
      const halfDays = sumOf(uptake);
      return {
        programmeId: id,
        budget: {
          voted: wire(unit, budget.votedMinor),
          committed: wire(unit, budget.committedMinor),
          delivered: wire(unit, budget.deliveredMinor),
          paid: wire(unit, budget.paidMinor),
        },
        vouchers: await vouchersBy(on, id),
        places: placesOf(uptake, unit),
        persons: counted >= PERSONS_MIN ? counted : null,
        halfDays,
        concentration: concentration(uptake.map((place) => place.halfDays)),
        ruralShare: shareInTenThousandths(sumOf(uptake.filter(({ isRural }) => isRural)), halfDays),
        publicHostShare: shareInTenThousandths(
          sumOf(uptake.filter(({ isPublicHost }) => isPublicHost)),
          halfDays,
        ),
        floors: await floorsOf(on, id),
        uptake: shareInTenThousandths(Number(budget.deliveredMinor), Number(budget.votedMinor)),
        costPerDay: costPerDay(programme, budget.deliveredMinor, halfDays),
      };
    });
  }

  async agentDays(actor: Actor, id: string): Promise<ProgrammeAgentPage> {
    type Row = Omit<ProgrammeAgentPage['items'][number], 'name'> & { personId: string };
    const rows = await this.db.read(wide(actor), async (on) => {
      demandProgramme(actor, await programmeRow(on, id));
      return sql<Row>(
        on,
        `SELECT agent.id AS "agentId", agent.person_id AS "personId", employer.name AS employer,
           count(*) FILTER (WHERE voucher.state IN ('OFFERED', 'ACCEPTED'))::int AS "vouchersLeft",
           count(*) FILTER (WHERE voucher.state = 'RESERVED')::int AS reserved,
           coalesce(sum(half_days) FILTER (WHERE voucher.state = 'CONSUMED'), 0)::int AS "attestedHalfDays"
         FROM programmes.vouchers voucher JOIN programmes.agents agent ON agent.id = agent_id
         JOIN identity.pub_organisations employer ON employer.id = agent.employer_id
         WHERE programme_id = $1 GROUP BY agent.id, employer.name ORDER BY agent.id`,
        [id],
      );
    });
    const names = await this.agents.names(rows.map(({ personId }) => personId));
    const items = rows.map(({ personId, ...row }) => ({ ...row, name: names.get(personId) ?? '' }));
    return { items, next: null };
  }
}

export function placesOf(uptake: readonly PlaceUptake[], unit: Unit): ProgrammeReportView['places'] {
  const { places, merged } = mergeSmall(uptake);
  const told = places.map((place) => ({
    id: place.spaceId as string | null,
    name: place.name,
    places: 1,
    halfDays: place.halfDays,
    amount: wire(unit, place.minor),
  }));
  if (merged.length === 0) return told;
  const minor = merged.reduce((sum, place) => sum + place.minor, 0n);
  const together = { id: null, name: '', places: merged.length, halfDays: sumOf(merged) };
  return [...told, { ...together, amount: wire(unit, minor) }];
}

function wire(unit: Unit, minor: bigint) {
  return { unit, minor: Number(minor) };
}

function sumOf(places: readonly { readonly halfDays: number }[]): number {
  return places.reduce((sum, { halfDays }) => sum + halfDays, 0);
}

function costPerDay({ unit }: ProgrammeRow, deliveredMinor: bigint, halfDays: number) {
  if (halfDays === 0) return null;
  return wire(unit, (deliveredMinor * BigInt(HALF_DAYS_PER_DAY)) / BigInt(halfDays));
}

async function personsOf(on: Reader, programmeId: string): Promise<number> {
  const [row] = await sql<{ persons: number }>(
    on,
    `SELECT count(DISTINCT person_id)::int AS persons FROM programmes.vouchers
     WHERE programme_id = $1 AND state = 'CONSUMED'`,
    [programmeId],
  );
  return row!.persons;
}

async function vouchersBy(on: Reader, programmeId: string): Promise<ProgrammeReportView['vouchers']> {
  const rows = await sql<{ state: string; n: number }>(
    on,
    'SELECT state, count(*)::int AS n FROM programmes.vouchers WHERE programme_id = $1 GROUP BY state',
    [programmeId],
  );
  const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
  return {
    offered: of('OFFERED'),
    accepted: of('ACCEPTED'),
    reserved: of('RESERVED'),
    consumed: of('CONSUMED'),
    released: of('RELEASED'),
    expired: of('EXPIRED'),
    clawedBack: of('CLAWED_BACK'),
  };
}

function floorsOf(on: Reader, programmeId: string): Promise<ProgrammeReportView['floors']> {
  return sql(
    on,
    `SELECT space.id, space.name, floor_half_days / 2 AS "floorDays", used_half_days >= floor_half_days AS "isReached"
     FROM programmes.programme_spaces place JOIN directory.pub_spaces space ON space.id = space_id
     WHERE programme_id = $1 AND floor_half_days > 0 ORDER BY space.name`,
    [programmeId],
  );
}
