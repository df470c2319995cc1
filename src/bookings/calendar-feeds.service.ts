import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope } from '../platform/scope.js';
import { bookingsAround } from './booking-lists.queries.js';
import { CalendarEntries } from './calendar-entries.js';
import { CalendarProblems } from './call.problems.js';
import { demandStaff } from './known-bookings.js';

const SECRET_BYTES = 32;
/** A feed shows what was lately and all that comes. */
const PAST_DAYS = 30;

export type Feed = {
  readonly id: string;
  readonly personId: string;
  readonly spaceId: string | null;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
};
type PgDate = Parameters<typeof instantFromDate>[0];
type Row = Omit<Feed, 'createdAt' | 'revokedAt'> & { createdAt: PgDate; revokedAt: PgDate | null };

const SELECT = `SELECT id, person_id AS "personId", space_id AS "spaceId", created_at AS "createdAt",
  revoked_at AS "revokedAt" FROM bookings.calendar_feeds`;

/** Bookings as a feed under a secret address, for calendar programs. */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly entries: CalendarEntries,
  ) {}

  /** `url` is there when the feed is new, and never again. */
  async put(actor: Actor, id: string, spaceId: string | null): Promise<{ feed: Feed; url: string | null }> {
    const personId = demandPerson(actor);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return this.db.tx(actor.scope, async (tx) => {
      const space = spaceId === null ? null : await this.directory.space(tx, spaceId);
      if (space) demandStaff(actor, space);
      const values = [
        id,
        personId,
        spaceId,
        space?.networkId ?? null,
        hashOf(secret),
        this.clock.now().toString(),
      ];
      const inserted = await sql(
        tx,
        `INSERT INTO bookings.calendar_feeds (id, person_id, space_id, network_id, secret_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id`,
        values,
      );
      const feed = await find(tx, id);
      if (!feed || feed.personId !== personId || feed.spaceId !== spaceId)
        throw RequestProblems.idReused('This id stands for another calendar. Make a new id for a new one.');
      const isNew = inserted.length === 1;
      return { feed, url: isNew ? this.entries.address(`v1/calendars/${secret}.ics`) : null };
    });
  }

  /** One's own, newest first. */
  list(actor: Actor): Promise<Feed[]> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) =>
      (await sql<Row>(on, `${SELECT} WHERE person_id = $1 ORDER BY id DESC LIMIT 100`, [personId])).map(
        fromRow,
      ),
    );
  }

  /** Whoever has the address reads nothing any more, from the next time on. */
  revoke(actor: Actor, id: string): Promise<Feed> {
    return this.db.tx(actor.scope, async (tx) => {
      await sql(
        tx,
        `UPDATE bookings.calendar_feeds SET revoked_at = $3
          WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL`,
        [id, demandPerson(actor), this.clock.now().toString()],
      );
      const feed = await find(tx, id);
      if (!feed) throw unknown();
      return feed;
    });
  }

  /** For a calendar program, which has nothing but the address. A space's feed ends with its maker's role there. */
  async feed(secret: string): Promise<string> {
    const { feed, actor } = await this.db.read(namedScope('identity'), async (on) => {
      const query = `${SELECT} WHERE secret_hash = $1 AND revoked_at IS NULL`;
      const [row] = await sql<Row>(on, query, [hashOf(secret)]);
      if (!row) throw unknown();
      return { feed: fromRow(row), actor: await this.identity.actor(on, row.personId) };
    });
    const since = this.clock.now().subtract({ hours: PAST_DAYS * 24 });
    return this.db.read(actor.scope, async (on) => {
      if (feed.spaceId === null)
        return this.entries.ofGuest(on, await bookingsAround(on, { personId: feed.personId, since }));
      const space = await this.directory.space(on, feed.spaceId);
      demandStaff(actor, space);
      const bookings = await bookingsAround(on, { spaceId: space.id, since });
      return this.entries.ofSpace(on, bookings, space.name);
    });
  }
}

async function find(on: Reader, id: string): Promise<Feed | null> {
  const [row] = await sql<Row>(on, `${SELECT} WHERE id = $1`, [id]);
  return row ? fromRow(row) : null;
}

function fromRow(row: Row): Feed {
  return {
    ...row,
    createdAt: instantFromDate(row.createdAt),
    revokedAt: row.revokedAt && instantFromDate(row.revokedAt),
  };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function unknown() {
  return CalendarProblems.notFound(
    'The address is not complete, or the calendar was revoked. Make a new one.',
  );
}
