import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { programmeRow } from './programme.queries.js';
import { endVouchers, enterState } from './programme.steps.js';

/** What falls due by itself: vouchers whose days are over go back to the pot, programmes end. */
@Injectable()
export class ProgrammeSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('programmes.vouchers', () => this.expireVouchers());
    this.sweeps.add('programmes.ends', () => this.endProgrammes());
  }

  private async expireVouchers(): Promise<number> {
    const due = await this.db.read(namedScope('sweep'), (on) =>
      sql<{ id: string }>(
        on,
        `SELECT DISTINCT programme_id AS id FROM programmes.vouchers
         WHERE state IN ('OFFERED', 'ACCEPTED') AND expires_at <= $1`,
        [this.clock.now().toString()],
      ),
    );
    let expired = 0;
    for (const { id } of due)
      expired += await this.db.tx(namedScope('sweep'), (tx) => this.expireOf(tx, id, 'expires_at <= $5'));
    return expired;
  }

  private async expireOf(tx: Tx, id: string, where: string): Promise<number> {
    const programme = await programmeRow(tx, id, 'FOR UPDATE');
    const at = this.clock.now();
    const values = where.includes('$5') ? [at.toString()] : [];
    const ended = await endVouchers(tx, programme, { into: 'EXPIRED', where, values, by: 'system', at });
    return ended.vouchers;
  }

  /** A day after its last one, so that every zone has ended it; or as soon as everything is delivered. */
  private async endProgrammes(): Promise<number> {
    const now = this.clock.now();
    const yesterday = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }).toString();
    const due = await this.db.read(namedScope('sweep'), (on) =>
      sql<{ id: string; isOver: boolean }>(
        on,
        `SELECT programme.id, ends_on < $1 AS "isOver" FROM programmes.programmes programme
         JOIN programmes.budgets budget ON budget.programme_id = programme.id
         WHERE state IN ('OPEN', 'PAUSED')
           AND (ends_on < $1 OR (voted_minor > 0 AND delivered_minor = voted_minor))`,
        [yesterday],
      ),
    );
    for (const { id, isOver } of due)
      await this.db.tx(namedScope('sweep'), async (tx) => {
        const { state } = await programmeRow(tx, id, 'FOR UPDATE');
        if (state !== 'OPEN' && state !== 'PAUSED') return;
        if (isOver) await this.expireOf(tx, id, 'true');
        await enterState(tx, { id, into: isOver ? 'EXPIRED' : 'EXHAUSTED', by: 'system', at: now });
      });
    return due.length;
  }
}
