import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { scopeOfGuest } from './proposal-acts.js';
import { WaitActs } from './wait-acts.js';
import { dueWaits } from './wait.queries.js';

/** A round leaves the rest to the next one. */
const BATCH_SIZE_MAX = 200;

/** Tells of kept seats and passes on what nobody answered; a seat may go through several hands in one round. */
@Injectable()
export class WaitSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly acts: WaitActs,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('bookings.waitlist', () => this.settleAll());
  }

  private async settleAll(): Promise<number> {
    let settled = 0;
    while (settled < BATCH_SIZE_MAX) {
      const due = await this.db.read(namedScope('sweep'), (on) =>
        dueWaits(on, this.clock.now(), BATCH_SIZE_MAX),
      );
      if (due.length === 0) break;
      for (const wait of due) await this.db.tx(scopeOfGuest(wait), (tx) => this.acts.settle(tx, wait.id));
      settled += due.length;
    }
    return settled;
  }
}
