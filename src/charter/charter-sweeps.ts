import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { Discipline } from './discipline.service.js';
import { findMember } from './member.queries.js';
import { MemberSteps } from './member-steps.js';

const SWEEP = namedScope('sweep');
const CLOCK = 'clock';

/** What time does to members. */
@Injectable()
export class CharterSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    private readonly steps: MemberSteps,
    private readonly discipline: Discipline,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('charter.lapse', () => this.db.tx(SWEEP, (tx) => this.lapse(tx)));
    this.sweeps.add('charter.restore', () => this.db.tx(SWEEP, (tx) => this.restore(tx)));
  }

  /** Unsigned at the end of the last day. */
  private lapse(tx: Tx): Promise<number> {
    return this.each(tx, 'RENEWAL_DUE', (member) =>
      this.steps.take(tx, member, { id: newId(), command: 'LAPSE', by: CLOCK }),
    );
  }

  private restore(tx: Tx): Promise<number> {
    return this.each(tx, 'SUSPENDED', (member) => this.discipline.restore(tx, member, null, CLOCK));
  }

  private async each(
    tx: Tx,
    state: 'RENEWAL_DUE' | 'SUSPENDED',
    act: (member: NonNullable<Awaited<ReturnType<typeof findMember>>>) => Promise<void>,
  ): Promise<number> {
    const due = await sql<{ id: string }>(
      tx,
      `SELECT id FROM charter.members WHERE state = $1 AND deadline < $2 ORDER BY id LIMIT 100
       FOR UPDATE SKIP LOCKED`,
      [state, dayAt(this.clock.now(), 'UTC').toString()],
    );
    for (const { id } of due) await act((await findMember(tx, id))!);
    return due.length;
  }
}
