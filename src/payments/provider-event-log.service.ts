import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { SWEEP } from './asking.service.js';
import { Desk } from './desk.js';
import { ProviderEventProblems } from './payment.problems.js';
import type { ProviderEventPage, ProviderEventView } from './payment.schema.js';
import { ProviderEventReceived } from './payments.events.js';

const PAGE_SIZE = 100;

/** The log of what the provider told, and once more for one of them. */
@Injectable()
export class ProviderEventLog {
  constructor(private readonly desk: Desk) {}

  /** What is not acted on yet first, then the newest. */
  list(): Promise<ProviderEventPage> {
    return this.desk.db.read(SWEEP, async (on) => ({
      items: await rows(
        on,
        `ORDER BY state = 'RECEIVED' DESC, created_at DESC, id DESC LIMIT ${PAGE_SIZE}`,
        [],
      ),
      next: null,
    }));
  }

  /** The object is asked for again; what was done already is not done twice. */
  replay(actor: Actor, id: string): Promise<ProviderEventView> {
    return this.desk.db.tx(SWEEP, async (tx) => {
      await sql(tx, `UPDATE payments.provider_events SET state = 'RECEIVED', state_at = $2 WHERE id = $1`, [
        id,
        this.desk.clock.now().toString(),
      ]);
      const [event] = await rows(tx, 'WHERE id = $1', [id]);
      if (!event) throw ProviderEventProblems.notFound('The latest ones are in GET /v1/provider-events.');
      await this.desk.outbox.add(tx, ProviderEventReceived, { providerEventId: id }, { actor: actor.name });
      return event;
    });
  }
}

type Row = Omit<ProviderEventView, 'occurredAt' | 'createdAt'> & { occurredAt: Date; createdAt: Date };

async function rows(on: Reader, which: string, values: unknown[]): Promise<ProviderEventView[]> {
  const found = await sql<Row>(
    on,
    `SELECT id, type, object_kind AS "objectKind", state, occurred_at AS "occurredAt", created_at AS "createdAt"
     FROM payments.provider_events ${which}`,
    values,
  );
  return found.map((row) => ({
    ...row,
    occurredAt: instantFromDate(row.occurredAt).toString(),
    createdAt: instantFromDate(row.createdAt).toString(),
  }));
}
