import { Injectable } from '@nestjs/common';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import type { Booking } from './booking.js';
import { inReachOf } from './bookings.service.js';
import { MessageProblems } from './call.problems.js';
import { MessageWritten } from './call.events.js';
import { KnownBookings } from './known-bookings.js';
import type { MessageView, PutMessage, ReadMarkView } from './message.schema.js';

const PER_MINUTE_MAX = 20;
const WINDOW_SECONDS = 60;
/** After the visit, there is time for a forgotten charger. */
const OPEN_DAYS = 30;
const SHOWN_MAX = 500;

type Side = MessageView['side'];
type PgDate = Parameters<typeof instantFromDate>[0];
type Row = {
  id: string;
  bookingId: string;
  side: Side;
  authorId: string;
  text: string;
  createdAt: PgDate;
  readAt: PgDate | null;
};

/** The thread between a guest and a space about one booking: lines are added, never changed. */
@Injectable()
export class Messages {
  private readonly limit = new RateLimit({ attemptsMax: PER_MINUTE_MAX, windowSeconds: WINDOW_SECONDS });

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly identity: Identity,
    private readonly known: KnownBookings,
  ) {}

  async put(actor: Actor, id: string, { bookingId, text }: PutMessage): Promise<MessageView> {
    const authorId = demandPerson(actor);
    this.limit.count(authorId);
    const booking = await this.booking(actor, bookingId);
    const now = this.clock.now();
    if (Temporal.Instant.compare(now, booking.endsAt.add({ hours: OPEN_DAYS * 24 })) > 0)
      throw MessageProblems.closed(`A thread is open until ${OPEN_DAYS} days after the visit.`);
    const side = sideOf(actor, booking);
    await this.db.tx(inReachOf(actor, booking), async (tx) => {
      const inserted = await sql(
        tx,
        `INSERT INTO bookings.messages (id, booking_id, guest_id, host_network_id, side, author_id, text, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, bookingId, booking.personId, booking.hostNetworkId, side, authorId, text, now.toString()],
      );
      if (inserted.length === 1) {
        const cause = { actor: actor.name, networkIds: [booking.hostNetworkId] };
        return this.outbox.add(tx, MessageWritten, { messageId: id, bookingId, side }, cause);
      }
      const same = await sql(
        tx,
        'SELECT FROM bookings.messages WHERE id = $1 AND booking_id = $2 AND author_id = $3 AND text = $4',
        [id, bookingId, authorId, text],
      );
      if (same.length === 0)
        throw RequestProblems.idReused('This id stands for another message. Make a new id for a new one.');
    });
    const thread = await this.list(actor, bookingId);
    return thread.find((message) => message.id === id)!;
  }

  /** Oldest first. */
  async list(actor: Actor, bookingId: string): Promise<MessageView[]> {
    const booking = await this.booking(actor, bookingId);
    const rows = await this.db.read(inReachOf(actor, booking), (on) => threadOf(on, bookingId));
    const names = await this.db.read(namedScope('identity'), (on) =>
      this.identity.firstNames(on, [...new Set(rows.map(({ authorId }) => authorId))]),
    );
    return rows.map(({ authorId, createdAt, readAt, ...row }) => ({
      ...row,
      authorFirstName: names.get(authorId) ?? null,
      createdAt: instantFromDate(createdAt).toString(),
      readAt: readAt && instantFromDate(readAt).toString(),
    }));
  }

  /** Everything the other side has written until now was read. */
  async markRead(actor: Actor, bookingId: string): Promise<ReadMarkView> {
    demandPerson(actor);
    const booking = await this.booking(actor, bookingId);
    const side = sideOf(actor, booking);
    const readAt = this.clock.now().toString();
    await this.db.tx(inReachOf(actor, booking), (tx) =>
      sql(
        tx,
        `INSERT INTO bookings.message_reads AS known (booking_id, side, guest_id, host_network_id, read_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT (booking_id, side) DO UPDATE SET read_at = greatest(known.read_at, excluded.read_at)`,
        [bookingId, side, booking.personId, booking.hostNetworkId, readAt],
      ),
    );
    return { bookingId, side, readAt };
  }

  private booking(actor: Actor, id: string): Promise<Booking> {
    return this.db.read(actor.scope, (on) => this.known.find(on, actor, 'bookings:write', id));
  }
}

function sideOf(actor: Actor, booking: Booking): Side {
  return actor.personId === booking.personId ? 'GUEST' : 'HOST';
}

function threadOf(on: Reader, bookingId: string): Promise<Row[]> {
  return sql<Row>(
    on,
    `SELECT message.id, message.booking_id AS "bookingId", message.side, author_id AS "authorId", text,
            message.created_at AS "createdAt",
            CASE WHEN mark.read_at >= message.created_at THEN mark.read_at END AS "readAt"
       FROM bookings.messages message
       LEFT JOIN bookings.message_reads mark ON mark.booking_id = message.booking_id AND mark.side <> message.side
      WHERE message.booking_id = $1 ORDER BY message.created_at, message.id LIMIT $2`,
    [bookingId, SHOWN_MAX],
  );
}
