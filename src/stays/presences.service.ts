import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RecordSealed } from '../checkin/index.js';
import { newId } from '../kernel/ids.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { unmatch } from './placements.service.js';
import { StayMoves } from './stay-moves.js';
import { lockStay, stayById, type NewMove, type Stay } from './stay.queries.js';

/** Reads visits of every network, and moves on what falls due by itself. */
const SWEEP = namedScope('sweep');
export const REPORT_DAYS = 30;
/** Read by a scanner or a phone; what somebody entered by hand attests nothing here. */
const BY_CODE = `('A', 'B', 'C')`;

type Due = { readonly id: string; readonly timeZone: string };

/** Who was where, from sealed visits; and the steps of a stay that nobody takes. */
@Injectable()
export class StayPresences implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly consumers: Consumers,
    private readonly sweeps: Sweeps,
    private readonly moves: StayMoves,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'stays.attest',
      RecordSealed,
      (tx, { payload }) => this.attest(tx, payload.recordId),
      'sweep',
    );
    this.sweeps.add('stays.move_on', () => this.moveOn());
  }

  /** A day counts once, at the stay place, within the stay, and until it was interrupted. */
  private async attest(tx: Tx, recordId: string): Promise<void> {
    await sql(
      tx,
      `INSERT INTO stays.attested_days (stay_id, day, network_id, record_id, created_at)
       SELECT stay.id, record.day, stay.network_id, record.id, $2
       FROM checkin.pub_visit_records record
       JOIN checkin.pub_record_guests guest ON guest.record_id = record.id
       JOIN stays.stays stay ON stay.person_id = guest.person_id AND stay.stay_place_id = record.host_space_id
         AND record.day BETWEEN stay.from_day AND stay.until_day
       WHERE record.id = $1 AND record.evidence IN ${BY_CODE}
         AND stay.state IN ('READY', 'IN_PROGRESS', 'AWAITING_REPORTS', 'OVERDUE')
         AND (stay.interrupted_at IS NULL OR record.day <= stay.reports_due_on - ${REPORT_DAYS})
       ON CONFLICT DO NOTHING`,
      [recordId, this.clock.now().toString()],
    );
  }

  private async moveOn(): Promise<number> {
    const now = this.clock.now();
    const due = await this.db.read(SWEEP, (on) => dueStays(on, now.toString()));
    for (const { id, timeZone } of due)
      await this.db.tx(SWEEP, async (tx) => {
        await lockStay(tx, id);
        const stay = await stayById(tx, id);
        if (stay) await this.moveOnOne(tx, stay, dayAt(now, timeZone).toString());
      });
    return due.length;
  }

  private async moveOnOne(tx: Tx, stay: Stay, today: string): Promise<void> {
    const now = this.clock.now();
    if (
      stay.state === 'MATCHED' &&
      Temporal.Instant.compare(now, Temporal.Instant.from(stay.matchExpiresAt!)) > 0
    ) {
      await unmatch(tx, stay.id);
      return this.note(tx, stay, { act: 'EXPIRE', to: 'MATCHING' });
    }
    if (stay.state === 'READY') {
      await to(tx, stay.id, 'IN_PROGRESS');
      return this.note(tx, stay, { act: 'BEGIN', to: 'IN_PROGRESS' });
    }
    if (stay.state === 'IN_PROGRESS' && stay.untilDay < today) {
      await awaitReports(tx, stay, stay.untilDay);
      return this.note(tx, stay, { act: 'END', to: 'AWAITING_REPORTS' });
    }
    if (stay.state === 'AWAITING_REPORTS' && stay.reportsDueOn! < today) {
      await to(tx, stay.id, 'OVERDUE');
      return this.note(tx, stay, { act: 'FALL_DUE', to: 'OVERDUE' });
    }
  }

  private note(tx: Tx, stay: Stay, move: Pick<NewMove, 'act' | 'to'>): Promise<void> {
    return this.moves.insert(tx, stay, {
      ...move,
      id: newId(),
      side: 'CLOCK',
      from: stay.state,
      reason: '',
      movedBy: 'system',
      requestHash: '',
      now: this.clock.now(),
    });
  }
}

/** Statements are due so many days after the last day. */
export async function awaitReports(tx: Tx, stay: Pick<Stay, 'id'>, lastDay: string): Promise<void> {
  const dueOn = Temporal.PlainDate.from(lastDay).add({ days: REPORT_DAYS }).toString();
  await sql(tx, `UPDATE stays.stays SET state = 'AWAITING_REPORTS', reports_due_on = $2 WHERE id = $1`, [
    stay.id,
    dueOn,
  ]);
}

/** Can what was seen at the place still change? In scope `sweep`. */
export async function isPresenceOpen(on: Reader, stay: Stay): Promise<boolean> {
  const rows = await sql(
    on,
    `SELECT 1 FROM checkin.pub_presences WHERE person_id = $1 AND space_id = $2 AND day BETWEEN $3 AND $4
       AND state IN ('ACTIVE', 'COMPLETED') LIMIT 1`,
    [stay.personId, stay.stayPlace!.id, stay.fromDay, stay.untilDay],
  );
  return rows.length > 0;
}

/** By the day at the place where the stay is. */
function dueStays(on: Reader, now: string): Promise<Due[]> {
  return sql(
    on,
    `SELECT stay.id, place.time_zone AS "timeZone" FROM stays.stays stay
     JOIN directory.pub_spaces place ON place.id = stay.stay_place_id
     WHERE (stay.state = 'MATCHED' AND stay.match_expires_at < $1)
       OR (stay.state = 'READY' AND EXISTS (SELECT FROM checkin.pub_presences seen
         WHERE seen.person_id = stay.person_id AND seen.space_id = stay.stay_place_id
           AND seen.day BETWEEN stay.from_day AND stay.until_day AND seen.state <> 'INVALID'
           AND seen.evidence IN ${BY_CODE}))
       OR (stay.state = 'IN_PROGRESS' AND stay.until_day < ($1::timestamptz AT TIME ZONE place.time_zone)::date)
       OR (stay.state = 'AWAITING_REPORTS'
         AND stay.reports_due_on < ($1::timestamptz AT TIME ZONE place.time_zone)::date)
     ORDER BY stay.id`,
    [now],
  );
}

async function to(tx: Tx, id: string, state: string): Promise<void> {
  await sql(tx, 'UPDATE stays.stays SET state = $2 WHERE id = $1', [id, state]);
}
