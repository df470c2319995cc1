import { Injectable } from '@nestjs/common';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader } from '../platform/db.js';
import { VoucherProblems } from './programme.problems.js';
import { releasedAt } from './programme.rules.js';

/** A pool on a day, in the zone of its space. */
export type ReservedDesk = { readonly poolId: string; readonly day: PlainDate; readonly timeZone: string };
/** Somebody who would like a desk of a pool that may be reserved. */
export type ReservedWish = ReservedDesk & { readonly personId: string };

type Rule = { readonly poolId: string; readonly releaseDaysBefore: number; readonly releaseTime: string };

/** Desks kept for public agents: theirs until they are released, then anybody's. */
@Injectable()
export class ReservedPools {
  constructor(private readonly clock: Clock) {}

  /** Before it is released, a reserved pool is for agents whose employer has confirmed them. */
  async refuse(on: Reader, { personId, ...desk }: ReservedWish): Promise<void> {
    const [rule] = await rulesOf(on, [desk.poolId]);
    const releasesAt = rule && this.keptUntil(rule, desk);
    if (!releasesAt || (await isAgent(on, personId, desk.day))) return;
    throw VoucherProblems.poolReserved('Come back when they are released, or take another desk.', {
      releasesAt: releasesAt.toString(),
    });
  }

  /** Those of the desks that are not kept from this person; from a stranger as from everybody who is no agent. */
  async open<Desk extends ReservedDesk>(
    on: Reader,
    personId: string | null,
    desks: readonly Desk[],
  ): Promise<Desk[]> {
    const rules = await rulesOf(on, [...new Set(desks.map(({ poolId }) => poolId))]);
    const ruleOf = new Map(rules.map((rule) => [rule.poolId, rule]));
    const open: Desk[] = [];
    for (const desk of desks) {
      const rule = ruleOf.get(desk.poolId);
      const isKept = rule !== undefined && this.keptUntil(rule, desk) !== null;
      if (!isKept || (personId !== null && (await isAgent(on, personId, desk.day)))) open.push(desk);
    }
    return open;
  }

  /** null: it is released. */
  private keptUntil(rule: Rule, { day, timeZone }: ReservedDesk): Instant | null {
    const releasesAt = releasedAt(day, rule, timeZone);
    return Temporal.Instant.compare(this.clock.now(), releasesAt) < 0 ? releasesAt : null;
  }
}

function rulesOf(on: Reader, poolIds: readonly string[]): Promise<Rule[]> {
  return sql<Rule>(
    on,
    `SELECT pool_id AS "poolId", release_days_before::int AS "releaseDaysBefore", release_time::text AS "releaseTime"
     FROM programmes.reserved_pools WHERE pool_id = ANY ($1::uuid[])`,
    [poolIds],
  );
}

async function isAgent(on: Reader, personId: string, day: PlainDate): Promise<boolean> {
  const agents = await sql(
    on,
    `SELECT 1 FROM programmes.agents WHERE person_id = $1 AND state = 'CONFIRMED' AND valid_until >= $2`,
    [personId, day.toString()],
  );
  return agents.length > 0;
}
