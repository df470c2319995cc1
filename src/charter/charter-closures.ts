import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClosureAnnounced, ClosureWithdrawn } from '../bookings/index.js';
import { newId } from '../kernel/ids.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Discipline } from './discipline.service.js';
import { findMembers } from './member.queries.js';
import { MemberSteps } from './member-steps.js';

/** What a space that closes for good means for its charter. */
@Injectable()
export class CharterClosures implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly steps: MemberSteps,
    private readonly discipline: Discipline,
  ) {}

  onModuleInit(): void {
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
