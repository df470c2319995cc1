import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { ProposalActs, scopeOfGuest } from './proposal-acts.js';
import { dueProposals } from './proposal.queries.js';

/** A round leaves the rest to the next one. */
const BATCH_SIZE_MAX = 200;

/** Looks for the alternatives that guests wait for, and ends what nobody answered. One guest per transaction. */
@Injectable()
export class ProposalSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly acts: ProposalActs,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('bookings.propose', () => this.settleAll('sought'));
    this.sweeps.add('bookings.lapse', () => this.settleAll('lapsed'));
  }

  private async settleAll(due: 'sought' | 'lapsed'): Promise<number> {
    const waiting = await this.db.read(namedScope('sweep'), (on) =>
      dueProposals(on, due, this.clock.now(), BATCH_SIZE_MAX),
    );
    for (const { id, ...guest } of waiting) {
      await this.db.tx(scopeOfGuest(guest), (tx) =>
        due === 'sought' ? this.acts.seek(tx, id) : this.acts.lapse(tx, id),
      );
    }
    return waiting.length;
  }
}
