import { Injectable, type OnModuleInit } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import type { Scope } from '../platform/scope.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { DataExportRequested } from './privacy.events.js';
import { DataExportProblems, ErasureProblems } from './privacy.problems.js';
import type {
  ConsentPage,
  ConsentView,
  DataExportView,
  ErasureView,
  PutConsent,
  PutErasure,
} from './privacy.schema.js';

const COPY_KEPT_HOURS = 7 * 24;
/** Everything of one person, wherever it is. */
const allOf = (person: string): Scope => ({ networks: [], person, name: 'operator' });

/** What a person may ask about what is kept of them. */
@Injectable()
export class Privacy implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly consumers: Consumers,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'privacy.copy',
      DataExportRequested,
      (tx, { payload }) => this.makeCopy(tx, payload.exportId),
      'operator',
    );
    this.sweeps.add('privacy.retain', () => this.retain());
  }

  async consent(actor: Actor, id: string, body: PutConsent): Promise<ConsentView> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    return this.db.tx(actor.scope, async (tx) => {
      await sql(
        tx,
        `INSERT INTO privacy.consents (id, person_id, purpose, version, given, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
        [id, personId, body.purpose, body.version, body.given, hash, this.clock.now().toString()],
      );
      const [kept] = await sql<ConsentView & { requestHash: string }>(
        tx,
        `SELECT ${CONSENT}, request_hash AS "requestHash" FROM privacy.consents WHERE id = $1`,
        [id],
      );
      if (kept?.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another consent: make a new id.');
      const { requestHash: _hash, ...view } = kept;
      return view;
    });
  }

  consents(actor: Actor): Promise<ConsentPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({
      items: await sql<ConsentView>(
        on,
        `SELECT ${CONSENT} FROM privacy.consents WHERE person_id = $1 ORDER BY created_at DESC, id DESC`,
        [personId],
      ),
      next: null,
    }));
  }

  /** Made in the background; kept for a week. */
  async putExport(actor: Actor, id: string): Promise<DataExportView> {
    const personId = demandPerson(actor);
    await this.db.tx(actor.scope, async (tx) => {
      const [asked] = await sql(
        tx,
        `INSERT INTO privacy.data_exports (id, person_id, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, personId, this.clock.now().toString()],
      );
      if (asked) await this.outbox.add(tx, DataExportRequested, { exportId: id }, { actor: actor.name });
    });
    return this.getExport(actor, id);
  }

  getExport(actor: Actor, id: string): Promise<DataExportView> {
    return this.db.read(actor.scope, async (on) => {
      const { content: _content, ...view } = await exportOf(on, demandPerson(actor), id);
      return view;
    });
  }

  exportContent(actor: Actor, id: string): Promise<string> {
    return this.db.read(actor.scope, async (on) => {
      const { content, state } = await exportOf(on, demandPerson(actor), id);
      if (content === null)
        throw DataExportProblems.notReady('Wait until it is DONE; after a week ask for another.', { state });
      return JSON.stringify(content, null, 2);
    });
  }

  /** For good: they cannot sign in any more, and nothing names them. */
  async erase(actor: Actor, id: string, { email }: PutErasure): Promise<ErasureView> {
    const personId = demandPerson(actor);
    const now = this.clock.now().toString();
    await this.db.tx(allOf(personId), async (tx) => {
      const [open] = await sql(
        tx,
        `SELECT 1 AS open FROM bookings.pub_bookings WHERE person_id = $1 AND state IN ('PENDING', 'RESERVED')
         UNION ALL SELECT 1 FROM checkin.pub_visit_guests WHERE person_id = $1 AND state = 'ACTIVE' LIMIT 1`,
        [personId],
      );
      if (open) throw ErasureProblems.bookingsOpen('Cancel what you have booked, and check out.');
      const [erased] = await sql<{ isTheirs: boolean }>(
        tx,
        'SELECT privacy.erase($1, $2, $3) AS "isTheirs"',
        [personId, email, now],
      );
      if (!erased?.isTheirs) throw ErasureProblems.notConfirmed('Type the address that you sign in with.');
      await sql(tx, 'INSERT INTO privacy.erasures (id, person_id, created_at) VALUES ($1, $2, $3)', [
        id,
        personId,
        now,
      ]);
    });
    return { id, erasedAt: now };
  }

  private async makeCopy(tx: Tx, exportId: string): Promise<void> {
    const now = this.clock.now();
    await sql(
      tx,
      `UPDATE privacy.data_exports SET content = privacy.copy(person_id), made_at = $2, expires_at = $3
       WHERE id = $1 AND made_at IS NULL`,
      [exportId, now.toString(), now.add({ hours: COPY_KEPT_HOURS }).toString()],
    );
  }

  private async retain(): Promise<number> {
    const [row] = await this.db.tx(namedScope('sweep'), (tx) =>
      sql<{ forgotten: number }>(tx, 'SELECT privacy.retain($1) AS forgotten', [this.clock.now().toString()]),
    );
    return row!.forgotten;
  }
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const CONSENT = `id, purpose, version, given, ${instant('created_at')} AS "createdAt"`;

async function exportOf(
  on: Reader,
  personId: string,
  id: string,
): Promise<DataExportView & { content: object | null }> {
  const [row] = await sql<DataExportView & { content: object | null }>(
    on,
    `SELECT id, CASE WHEN made_at IS NULL THEN 'QUEUED' WHEN content IS NULL THEN 'EXPIRED' ELSE 'DONE' END AS state,
       ${instant('created_at')} AS "createdAt", ${instant('expires_at')} AS "expiresAt", content
     FROM privacy.data_exports WHERE id = $1 AND person_id = $2`,
    [id, personId],
  );
  if (!row) throw DataExportProblems.notFound('Check the id; you have asked for no such copy.');
  return row;
}
