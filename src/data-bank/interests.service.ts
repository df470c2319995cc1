import { Injectable, type OnModuleInit } from '@nestjs/common';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { CITIES } from './cities.data.js';
import { InterestProblems } from './data-bank.problems.js';
import { shown, type Counted } from './demand.rules.js';
import type { DemandPage, InterestView, PutInterest } from './interest.schema.js';

const CATALOGUE = namedScope('catalogue');
const CONTACT_MONTHS = 12;
const INTERESTS_PER_HOUR = 30;

type Row = InterestView & { readonly requestHash: string };

/** Where people would come, or open a space. */
@Injectable()
export class Interests implements OnModuleInit {
  private readonly limit = new RateLimit({ attemptsMax: INTERESTS_PER_HOUR, windowSeconds: 3600 });

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('data_bank.forget_contacts', () => this.forgetContacts());
  }

  /** The same address counts once for a city. That it is known already is told to nobody. */
  async register(id: string, body: PutInterest, ip: string): Promise<InterestView> {
    this.limit.count(ip);
    const { country, city, kind, email = null } = body;
    if (!CITIES.some(([inCountry, name]) => inCountry === country && name === city))
      throw InterestProblems.cityUnknown('Choose one of GET /v1/data-bank/demand.');
    const now = this.clock.now();
    const purgeOn = email === null ? null : dayAt(now, 'UTC').add({ months: CONTACT_MONTHS }).toString();
    return this.db.tx(CATALOGUE, async (tx) => {
      await sql(
        tx,
        `INSERT INTO data_bank.interests (id, request_hash, city, country, kind, email, consented_at, purge_on,
           created_at) VALUES ($1, $2, $3, $4, $5, $6::text, CASE WHEN $6::text IS NULL THEN NULL ELSE $8::timestamptz END, $7, $8)
         ON CONFLICT DO NOTHING`,
        [id, requestHash(body), city, country, kind, email, purgeOn, now.toString()],
      );
      const [stored] = await sql<Row>(tx, `${INTEREST} WHERE id = $1`, [id]);
      if (!stored) return { id, country, city, kind, purgeOn };
      const { requestHash: hash, ...view } = stored;
      if (hash !== requestHash(body)) throw RequestProblems.idReused('This id stands for another interest.');
      return view;
    });
  }

  /** The id is known to whoever made it alone. The interest stays counted, without anybody behind it. */
  withdrawContact(id: string): Promise<InterestView> {
    return this.db.tx(CATALOGUE, async (tx) => {
      const gone = 'UPDATE data_bank.interests SET email = NULL, purge_on = NULL WHERE id = $1';
      await sql(tx, gone, [id]);
      const [stored] = await sql<Row>(tx, `${INTEREST} WHERE id = $1`, [id]);
      if (!stored) throw InterestProblems.notFound('The link of the page that you registered on names it.');
      const { requestHash: _hash, ...view } = stored;
      return view;
    });
  }

  /** Every city that can be asked for, with what may be shown of who asked. */
  async demand(): Promise<DemandPage> {
    const rows = await this.db.read(CATALOGUE, (on) =>
      sql<Counted>(
        on,
        `SELECT country, city, (count(*) FILTER (WHERE kind = 'WORKER'))::int AS workers,
           (count(*) FILTER (WHERE kind = 'SPACE'))::int AS spaces
         FROM data_bank.interests GROUP BY country, city`,
      ),
    );
    const counted = new Map(rows.map((row) => [`${row.country}/${row.city}`, row]));
    const items = CITIES.map(([country, city, lat, lon]) => {
      const { workers, spaces } = counted.get(`${country}/${city}`) ?? { workers: 0, spaces: 0 };
      return { country, city, lat, lon, workers: shown(workers), spaces: shown(spaces) };
    });
    return { items, next: null };
  }

  private forgetContacts(): Promise<number> {
    return this.db.tx(namedScope('sweep'), async (tx) => {
      const today = dayAt(this.clock.now(), 'UTC').toString();
      const forgotten = `UPDATE data_bank.interests SET email = NULL, purge_on = NULL WHERE purge_on <= $1 RETURNING id`;
      return (await sql(tx, forgotten, [today])).length;
    });
  }
}

const INTEREST = `SELECT id, country, city, kind, purge_on::text AS "purgeOn", request_hash AS "requestHash"
  FROM data_bank.interests`;
