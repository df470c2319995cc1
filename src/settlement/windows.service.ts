import { Injectable } from '@nestjs/common';
import { demand, type Actor, type Permission } from '../identity/index.js';
import { Directory, partyAt } from '../directory/index.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, PUBLIC_SCOPE } from '../platform/scope.js';
import { Temporal } from '../kernel/time.js';
import { TreasuryRules, type NetworkRules } from '../treasury/index.js';
import { Closing } from './closing.service.js';
import { WindowProblems } from './window.problems.js';
import {
  windowConversions,
  windowPayments,
  windowPositions,
  windowRow,
  windowsOfNetwork,
  windowsOfParty,
  windowSteps,
  windowTotals,
} from './window.queries.js';
import { periodEnd, type WindowState } from './window.rules.js';
import type {
  PaymentPage,
  PositionPage,
  PutClosure,
  PutWindow,
  WindowPage,
  WindowsQuery,
  WindowView,
} from './window.schema.js';

type WindowRow = WindowPage['items'][number];
const HOURS_PER_DAY = 24;

/** The windows of a clearing network, in the hands of its treasurer. */
@Injectable()
export class Windows {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly closing: Closing,
    private readonly rules: TreasuryRules,
  ) {}

  /** A network's first window; every later one opens when the one before closes. */
  async open(actor: Actor, id: string, body: PutWindow): Promise<WindowView> {
    demand(actor, 'windows:write', atNetwork(body.networkId));
    const hash = requestHash(body);
    await this.db.tx(namedScope('clearing'), async (tx) => {
      const { networkId } = await this.directory.party(tx, body.networkId);
      const first = { id, networkId, number: 1, fromDay: body.fromDay, requestHash: hash };
      if (await this.closing.open(tx, first, actor.name)) return;
      const [earlier] = await sql<{ hash: string }>(
        tx,
        'SELECT request_hash AS hash FROM settlement.windows WHERE id = $1',
        [id],
      );
      if (!earlier)
        throw WindowProblems.alreadyOpen('This network has windows: close the open one to open the next.');
      if (earlier.hash !== hash)
        throw RequestProblems.idReused('This id stands for another window: make a new id.');
    });
    return this.view(id);
  }

  async close(actor: Actor, id: string, { until }: PutClosure): Promise<WindowView> {
    const { networkId, fromDay } = await this.reach(actor, id, 'windows:write');
    await this.db.tx(namedScope('clearing'), async (tx) => {
      const rules = await this.rules.ofNetwork(tx, networkId, Temporal.PlainDate.from(fromDay));
      await this.rules.demandApproval(tx, rules, { networkId, act: 'CLOSE_WINDOW', subject: id });
      await this.closing.close(tx, { id, networkId }, { until: until ?? null, actor: actor.name, rules });
    });
    return this.view(id);
  }

  async list(actor: Actor, query: WindowsQuery): Promise<WindowPage> {
    if ('networkId' in query) {
      demand(actor, 'windows:read', atNetwork(query.networkId));
      return this.clearing(async (on) => page(await windowsOfNetwork(on, query.networkId)));
    }
    const party = await this.db.read(PUBLIC_SCOPE, (on) => this.directory.party(on, query.partyId));
    const at = await this.db.read(PUBLIC_SCOPE, (on) => partyAt(on, this.directory, party));
    demand(actor, 'windows:read', at);
    return this.clearing(async (on) => page(await windowsOfParty(on, party.id)));
  }

  async get(actor: Actor, id: string): Promise<WindowView> {
    await this.reach(actor, id, 'windows:read');
    return this.view(id);
  }

  async positions(actor: Actor, id: string): Promise<PositionPage> {
    await this.reach(actor, id, 'windows:read');
    return this.clearing(async (on) => page(await windowPositions(on, id)));
  }

  async payments(actor: Actor, id: string): Promise<PaymentPage> {
    await this.reach(actor, id, 'windows:read');
    return this.clearing(async (on) => page(await windowPayments(on, id)));
  }

  /** The window, if the actor's networks reach it and the actor may do this there. */
  async reach(actor: Actor, id: string, permission: Permission): Promise<WindowRow> {
    const window = await this.db.read(actor.scope, (on) => windowRow(on, id));
    if (!window) throw WindowProblems.notFound('Check the id; your networks have no such window.');
    demand(actor, permission, atNetwork(window.networkId));
    return window;
  }

  view(id: string): Promise<WindowView> {
    return this.clearing(async (on) => {
      const window = (await windowRow(on, id))!;
      const rules = await this.rules.ofNetwork(on, window.networkId, Temporal.PlainDate.from(window.fromDay));
      const steps = await windowSteps(on, id);
      return {
        ...window,
        steps,
        ...deadlines(window, steps, rules),
        conversions: await windowConversions(on, id),
        totals: await windowTotals(on, id),
        nextWindowId: window.state === 'OPEN' ? null : derivedId(id, 'next'),
      };
    });
  }

  private clearing<Result>(read: (on: Reader) => Promise<Result>): Promise<Result> {
    return this.db.read(namedScope('clearing'), read);
  }
}

/** What the rules say about a window, from the steps it has taken. */
function deadlines(
  window: WindowRow,
  steps: WindowView['steps'],
  rules: NetworkRules | null,
): Pick<WindowView, 'closesAfter' | 'callFrom' | 'settleBy'> {
  if (!rules) return { closesAfter: null, callFrom: null, settleBy: null };
  const after = (state: WindowState, days: number) => {
    const step = steps.find((taken) => taken.state === state);
    return step
      ? Temporal.Instant.from(step.takenAt)
          .add({ hours: days * HOURS_PER_DAY })
          .toString()
      : null;
  };
  return {
    closesAfter: periodEnd(Temporal.PlainDate.from(window.fromDay), rules.cadence).toString(),
    callFrom: after('ADVISED', rules.disputeDays),
    settleBy: after('CALLED', rules.settleDays),
  };
}

/** A window belongs to the network itself: a role of an operator in that network does not reach it. */
export function atNetwork(networkId: string) {
  return { organisationId: networkId, networkId };
}

function page<Item>(items: Item[]): { items: Item[]; next: null } {
  return { items, next: null };
}
