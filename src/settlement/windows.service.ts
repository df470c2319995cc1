import { Injectable } from '@nestjs/common';
import { demand, type Actor, type Permission } from '../identity/index.js';
import { Directory, partyAt } from '../directory/index.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope, PUBLIC_SCOPE } from '../platform/scope.js';
import { Closing } from './closing.service.js';
import { PaymentDue } from './settlement.events.js';
import { WindowProblems } from './window.problems.js';
import {
  windowPayments,
  windowPositions,
  windowRow,
  windowsOfNetwork,
  windowsOfParty,
  windowSteps,
  windowTotals,
} from './window.queries.js';
import { stateBefore, type WindowState } from './window.rules.js';
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

/** The windows of a clearing network, in the hands of its treasurer. */
@Injectable()
export class Windows {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
    private readonly directory: Directory,
    private readonly closing: Closing,
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
    const { networkId } = await this.reach(actor, id, 'windows:write');
    await this.db.tx(namedScope('clearing'), (tx) =>
      this.closing.close(tx, { id, networkId }, { until: until ?? null, actor: actor.name }),
    );
    return this.view(id);
  }

  /** The statements are out. */
  async advise(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.reach(actor, id, 'windows:write');
    await this.db.tx(namedScope('clearing'), (tx) => this.step(tx, window, 'ADVISED', actor));
    return this.view(id);
  }

  /** The payments fall due: each will be instructed. */
  async call(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.reach(actor, id, 'windows:write');
    await this.db.tx(namedScope('clearing'), async (tx) => {
      if (!(await this.step(tx, window, 'CALLED', actor))) return;
      await sql(
        tx,
        `UPDATE settlement.positions SET state = 'COMMITTED' WHERE window_id = $1 AND state = 'CALCULATED'`,
        [id],
      );
      const cause = { actor: actor.name, networkIds: [window.networkId] };
      for (const { id: paymentId } of await windowPayments(tx, id))
        await this.outbox.add(tx, PaymentDue, { paymentId }, cause);
    });
    return this.view(id);
  }

  /** Every payment is executed. */
  async settle(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.reach(actor, id, 'windows:write');
    await this.db.tx(namedScope('clearing'), async (tx) => {
      await this.step(tx, window, 'SETTLED', actor);
      const open = (await windowPayments(tx, id)).filter((payment) => payment.executedAt === null);
      if (open.length > 0) {
        throw WindowProblems.paymentsOpen('Mark every payment as executed first, then settle.', {
          paymentIds: open.map((payment) => payment.id),
        });
      }
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

  /** False when this step was taken before. */
  private async step(
    tx: Tx,
    window: WindowRow,
    to: Exclude<WindowState, 'OPEN' | 'CLOSED'>,
    actor: Actor,
  ): Promise<boolean> {
    const [moved] = await sql(
      tx,
      'UPDATE settlement.windows SET state = $2 WHERE id = $1 AND state = $3 RETURNING id',
      [window.id, to, stateBefore(to)],
    );
    if (moved) {
      await this.closing.record(tx, window, to, actor.name);
      return true;
    }
    if ((await windowSteps(tx, window.id)).some(({ state }) => state === to)) return false;
    const current = await windowRow(tx, window.id);
    throw WindowProblems.wrongState(`A window becomes ${to} from ${stateBefore(to)} only.`, {
      state: current?.state,
      needs: stateBefore(to),
    });
  }

  private view(id: string): Promise<WindowView> {
    return this.clearing(async (on) => {
      const window = (await windowRow(on, id))!;
      return {
        ...window,
        steps: await windowSteps(on, id),
        totals: await windowTotals(on, id),
        nextWindowId: window.state === 'OPEN' ? null : derivedId(id, 'next'),
      };
    });
  }

  private clearing<Result>(read: (on: Reader) => Promise<Result>): Promise<Result> {
    return this.db.read(namedScope('clearing'), read);
  }
}

/** A window belongs to the network itself: a role of an operator in that network does not reach it. */
function atNetwork(networkId: string) {
  return { organisationId: networkId, networkId };
}

function page<Item>(items: Item[]): { items: Item[]; next: null } {
  return { items, next: null };
}
