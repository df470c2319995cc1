import { Injectable } from '@nestjs/common';
import { UNITS, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { TreasuryRules } from '../treasury/index.js';
import {
  AS_IT_IS,
  bookedPositions,
  replayWindow,
  type Replayed,
  type ReplayPolicy,
  type ReplayRates,
} from './replay.queries.js';
import { WindowRates } from './window-rates.service.js';
import { windowRow } from './window.queries.js';

export type WindowReplay = {
  readonly window: { id: string; number: number; fromDay: string; untilDay: string; linesHash: string };
  /** What the books have, and what the same rules make of the same visits again. */
  readonly booked: Replayed['positions'];
  readonly asItIs: Replayed;
  readonly others: readonly Replayed[];
};

/** Settles closed windows again, as they were and under other policies, in a transaction that cannot write. */
@Injectable()
export class Replays {
  constructor(
    private readonly db: Db,
    private readonly rates: WindowRates,
    private readonly rules: TreasuryRules,
  ) {}

  /** Null for a window that the network does not have, that is still open, or that was aborted. */
  replay(
    networkId: string,
    windowId: string,
    policies: readonly ReplayPolicy[],
  ): Promise<WindowReplay | null> {
    return this.db.read(namedScope('clearing'), async (on) => {
      const window = await windowRow(on, windowId);
      if (!window || window.networkId !== networkId || ['OPEN', 'ABORTED'].includes(window.state))
        return null;
      const { number, fromDay, untilDay } = window;
      const [closure] = await sql<{ hash: string }>(
        on,
        'SELECT lines_hash AS hash FROM settlement.closures WHERE window_id = $1',
        [windowId],
      );
      const of = { windowId, networkId };
      const others: Replayed[] = [];
      for (const policy of policies)
        others.push(await replayWindow(on, of, policy, await this.ratesFor(on, of, policy)));
      return {
        window: { id: windowId, number, fromDay, untilDay: untilDay!, linesHash: closure!.hash },
        booked: await bookedPositions(on, windowId),
        asItIs: await replayWindow(on, of, AS_IT_IS, await fixedRates(on, windowId)),
        others,
      };
    });
  }

  /** Those of the window; and where a policy brings another currency in, that of the day the window closed with. */
  private async ratesFor(
    on: Reader,
    { windowId, networkId }: { readonly windowId: string; readonly networkId: string },
    policy: ReplayPolicy,
  ): Promise<ReplayRates> {
    const fixed = await fixedRates(on, windowId);
    const { fromDay, untilDay } = (await windowRow(on, windowId))!;
    const rules = await this.rules.ofNetwork(on, networkId, Temporal.PlainDate.from(fromDay));
    const to = rules?.clearanceUnit;
    if (!to || (policy.mode !== 'ACCRUAL_CASH' && policy.profile === null)) return fixed;
    const units = (await hostUnits(on, windowId)).filter(
      (unit) => unit !== to && !fixed.some(({ from_unit: known }) => known === unit),
    );
    const more: ReplayRates[number][] = [];
    for (const unit of units) {
      const of = { networkId, untilDay: untilDay! };
      const [from, into] = [await this.rates.of(on, of, unit), await this.rates.of(on, of, to)];
      more.push({
        from_unit: unit,
        to_unit: to,
        from_rate: from.rate,
        to_rate: into.rate,
        exponent: UNITS[to].scale - UNITS[unit].scale,
      });
    }
    return [...fixed, ...more];
  }
}

function fixedRates(on: Reader, windowId: string): Promise<ReplayRates[number][]> {
  return sql(
    on,
    `SELECT from_unit, to_unit, from_rate::text AS from_rate, to_rate::text AS to_rate, exponent
     FROM settlement.conversions WHERE window_id = $1 ORDER BY from_unit`,
    [windowId],
  );
}

async function hostUnits(on: Reader, windowId: string): Promise<Unit[]> {
  const rows = await sql<{ unit: Unit }>(
    on,
    `SELECT DISTINCT host.unit FROM settlement.lines line
     JOIN directory.pub_parties host ON host.id = line.creditor_party_id
     WHERE line.window_id = $1 ORDER BY host.unit`,
    [windowId],
  );
  return rows.map(({ unit }) => unit);
}
