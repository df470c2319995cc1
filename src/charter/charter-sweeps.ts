import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClosureAnnounced, ClosureWithdrawn } from '../bookings/index.js';
import { newId } from '../kernel/ids.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { Discipline } from './discipline.service.js';
import { findMember, findMembers } from './member.queries.js';
import { MemberSteps } from './member-steps.js';

const SWEEP = namedScope('sweep');
const CLOCK = 'clock';

/** What time does to members, and what a space that closes for good means for its charter. */
@Injectable()
export class CharterSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    private readonly consumers: Consumers,
    private readonly steps: MemberSteps,
    private readonly discipline: Discipline,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('charter.lapse', () => this.db.tx(SWEEP, (tx) => this.lapse(tx)));
    this.sweeps.add('charter.restore', () => this.db.tx(SWEEP, (tx) => this.restore(tx)));
    this.consumers.on(
      'charter.close-for-good',
      ClosureAnnounced,
      (tx, { payload, actor }) => this.closeForGood(tx, payload.closureId, actor),
      'sweep',
    );
    this.consumers.on(
      'charter.open-after-all',
      ClosureWithdrawn,
      (tx, { payload, actor }) => this.openAfterAll(tx, payload.closureId, actor),
      'sweep',
    );
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

  private async openAfterAll(tx: Tx, closureId: string, by: string): Promise<void> {
    const [closure] = await sql<{ spaceId: string }>(
      tx,
      `SELECT space_id AS "spaceId" FROM bookings.pub_closures WHERE id = $1 AND until_day IS NULL`,
      [closureId],
    );
    if (!closure) return;
    const [member] = await findMembers(tx, { spaceId: closure.spaceId, states: ['CLOSING'] });
    if (member) await this.discipline.restore(tx, member, null, by);
  }

  /** A closure without a last day: its guests are looked after by bookings, its charter ends here. */
  private async closeForGood(tx: Tx, closureId: string, by: string): Promise<void> {
    const [closure] = await sql<{ spaceId: string; reason: string }>(
      tx,
      `SELECT space_id AS "spaceId", reason FROM bookings.pub_closures
        WHERE id = $1 AND until_day IS NULL AND withdrawn_at IS NULL`,
      [closureId],
    );
    if (!closure) return;
    const members = await findMembers(tx, { spaceId: closure.spaceId });
    const member = members.find(({ state }) => state !== 'EXITED' && state !== 'CLOSING');
    if (!member) return;
    await this.steps.take(tx, member, { id: newId(), command: 'CLOSE', by, reasons: closure.reason });
  }
}
