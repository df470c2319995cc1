import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { ExposurePage } from './credit.schema.js';
import { exposuresOf } from './credits.service.js';
import { Proofs } from './proof.service.js';
import { pairsOf, usageOf, usageTotals } from './usage.queries.js';
import type {
  PairPage,
  SettlementHealthView,
  UsagePage,
  UsageQuery,
  UsageTotalsPage,
  UsageTotalsQuery,
} from './usage.schema.js';
import { atNetwork, Windows } from './windows.service.js';

const CLEARING = namedScope('clearing');
/** The latest windows; proving one reads all of its lines. */
const HEALTH_WINDOWS = 4;

/** What a treasurer looks at before and after a closing: visits, pairs, and how the settlement as a whole fares. */
@Injectable()
export class Usage {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly windows: Windows,
    private readonly proofs: Proofs,
  ) {}

  async list(actor: Actor, query: UsageQuery): Promise<UsagePage> {
    demand(actor, 'windows:read', atNetwork(query.networkId));
    const items = await this.db.read(CLEARING, (on) => usageOf(on, query));
    const last = items.length === query.limit ? items.at(-1)! : null;
    return { items, next: last && `${last.day}_${last.recordId}` };
  }

  async totals(actor: Actor, query: UsageTotalsQuery): Promise<UsageTotalsPage> {
    demand(actor, 'windows:read', atNetwork(query.networkId));
    return { items: await this.db.read(CLEARING, (on) => usageTotals(on, query)), next: null };
  }

  async pairs(actor: Actor, windowId: string): Promise<PairPage> {
    const window = await this.windows.reach(actor, windowId, 'windows:read');
    return { items: await this.db.read(CLEARING, (on) => pairsOf(on, window)), next: null };
  }

  /** For every member, so it holds sums and no names. */
  health(actor: Actor, networkId: string): Promise<SettlementHealthView> {
    demand(actor, 'windows:read', { networkId });
    const today = this.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
    return this.db.read(CLEARING, async (on) => {
      const rows = await sql<HealthRow>(on, HEALTH, [networkId, HEALTH_WINDOWS]);
      const windows: SettlementHealthView['windows'] = [];
      for (const { closedAt, settledAt, ...window } of rows) {
        const holds =
          window.untilDay === null ? null : (await this.proofs.prove(on, { ...window, networkId })).holds;
        windows.push({ ...window, closedAt: momentOf(closedAt), settledAt: momentOf(settledAt), holds });
      }
      return { networkId, windows, exposure: sums(await exposuresOf(on, networkId, today)) };
    });
  }
}

type HealthRow = Omit<SettlementHealthView['windows'][number], 'closedAt' | 'settledAt' | 'holds'> & {
  readonly closedAt: Date | null;
  readonly settledAt: Date | null;
};

const momentOf = (at: Date | null) => at && instantFromDate(at).toString();

const HEALTH = `
  SELECT w.id, w.number, w.state, w.from_day::text AS "fromDay",
    closure.until_day::text AS "untilDay", closed.taken_at AS "closedAt", settled.taken_at AS "settledAt"
  FROM settlement.windows w
  LEFT JOIN settlement.closures closure ON closure.window_id = w.id
  LEFT JOIN settlement.steps closed ON closed.window_id = w.id AND closed.state = 'CLOSED'
  LEFT JOIN settlement.steps settled ON settled.window_id = w.id AND settled.state = 'SETTLED'
  WHERE w.network_id = $1 ORDER BY w.number DESC LIMIT $2`;

function sums(exposures: ExposurePage['items']): SettlementHealthView['exposure'] {
  const owing = exposures.filter(({ owesMinor }) => owesMinor > 0);
  return [...new Set(owing.map(({ unit }) => unit))].map((unit) => {
    const ofUnit = owing.filter((exposure) => exposure.unit === unit);
    return {
      unit,
      owedMinor: ofUnit.reduce((sum, { owesMinor }) => sum + owesMinor, 0),
      members: ofUnit.length,
      warned: ofUnit.filter(({ state }) => state === 'WARNED').length,
      over: ofUnit.filter(({ state }) => state === 'OVER').length,
    };
  });
}
