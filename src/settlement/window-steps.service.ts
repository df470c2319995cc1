import { Injectable } from '@nestjs/common';
import { Billing } from '../billing/index.js';
import type { Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Closing } from './closing.service.js';
import { documentsOff } from './document-sums.js';
import { WindowProblems } from './window.problems.js';
import { earlierOpen, windowPayments, windowRow, windowSteps } from './window.queries.js';
import { stateBefore } from './window.rules.js';
import type { PutAbort, WindowPage, WindowView } from './window.schema.js';
import { Windows } from './windows.service.js';

type WindowRow = WindowPage['items'][number];
const CLEARING = namedScope('clearing');

/** What a treasurer does with a closed window, in this order: advise, call, settle; or abort it before the call. */
@Injectable()
export class WindowSteps {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly billing: Billing,
    private readonly windows: Windows,
    private readonly closing: Closing,
  ) {}

  /** The statements are out. */
  async advise(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.windows.reach(actor, id, 'windows:write');
    await this.db.tx(CLEARING, (tx) => this.step(tx, window, 'ADVISED', actor));
    return this.windows.view(id);
  }

  /** The payments fall due: each will be instructed. What is disputed by now waits, and everything else is paid. */
  async call(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.windows.reach(actor, id, 'windows:write');
    const { callFrom } = await this.windows.view(id);
    await this.db.tx(CLEARING, async (tx) => {
      if (!(await this.step(tx, window, 'CALLED', actor))) return;
      await this.demandTurn(tx, window, callFrom);
      await sql(
        tx,
        `UPDATE settlement.positions SET state = 'COMMITTED' WHERE window_id = $1 AND state = 'CALCULATED'`,
        [id],
      );
      await this.closing.callPayments(tx, window, actor.name);
    });
    return this.windows.view(id);
  }

  /** Every payment is executed, or has failed and is carried on. */
  async settle(actor: Actor, id: string): Promise<WindowView> {
    const window = await this.windows.reach(actor, id, 'windows:write');
    await this.db.tx(CLEARING, async (tx) => {
      await this.step(tx, window, 'SETTLED', actor);
      const open = (await windowPayments(tx, id)).filter(
        (payment) => payment.executedAt === null && payment.failedAt === null,
      );
      if (open.length > 0) {
        throw WindowProblems.paymentsOpen('Mark every payment as executed first, then settle.', {
          paymentIds: open.map((payment) => payment.id),
        });
      }
    });
    return this.windows.view(id);
  }

  /** Undoes a closing by adding: credit notes, transfers the other way, and every charge due again. */
  async abort(actor: Actor, id: string, { reason }: PutAbort): Promise<WindowView> {
    const window = await this.windows.reach(actor, id, 'windows:write');
    await this.db.tx(CLEARING, async (tx) => {
      const [moved] = await sql(
        tx,
        `UPDATE settlement.windows SET state = 'ABORTED' WHERE id = $1 AND state IN ('CLOSED', 'ADVISED') RETURNING id`,
        [id],
      );
      if (!moved) return this.demandTaken(tx, window, 'ABORTED', 'CLOSED or ADVISED');
      if ((await documentsOff(tx, id)) > 0)
        throw WindowProblems.documentsOpen('Its documents are being issued: try again in a moment.');
      await this.closing.record(tx, window, 'ABORTED', `${actor.name}: ${reason}`);
      await this.closing.undo(tx, window, actor.name);
      await this.billing.creditWindow(tx, id);
    });
    return this.windows.view(id);
  }

  private async demandTurn(tx: Tx, window: WindowRow, callFrom: string | null): Promise<void> {
    const [earlier] = await earlierOpen(tx, window.id);
    if (earlier)
      throw WindowProblems.outOfOrder(`Call window ${earlier.number} first, or abort it.`, {
        number: earlier.number,
      });
    if (callFrom && Temporal.Instant.compare(this.clock.now(), Temporal.Instant.from(callFrom)) < 0)
      throw WindowProblems.clockRunning(`Parties may dispute lines until ${callFrom}: call it then.`, {
        callFrom,
      });
  }

  /** False when this step was taken before. */
  private async step(
    tx: Tx,
    window: WindowRow,
    to: 'ADVISED' | 'CALLED' | 'SETTLED',
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
    await this.demandTaken(tx, window, to, stateBefore(to));
    return false;
  }

  private async demandTaken(tx: Tx, window: WindowRow, to: WindowRow['state'], needs: string): Promise<void> {
    if ((await windowSteps(tx, window.id)).some(({ state }) => state === to)) return;
    const current = await windowRow(tx, window.id);
    throw WindowProblems.wrongState(`A window becomes ${to} from ${needs} only.`, {
      state: current?.state,
      needs,
    });
  }
}
