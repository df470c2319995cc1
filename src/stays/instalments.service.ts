import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { balanceOf } from './grant.rules.js';
import { StayProblems } from './stay.problems.js';
import type { Stay } from './stay.queries.js';
import type { PutStayPayment } from './stay.schema.js';
import { StaySteps, stayScope } from './stay-steps.js';
import { InstalmentDue } from './stays.events.js';
import type { InstalmentKind } from './stay.words.schema.js';

export type Instalment = {
  readonly id: string;
  readonly stayId: string;
  readonly kind: InstalmentKind;
  readonly minor: number;
  readonly unit: string;
  readonly reference: string;
  readonly isOrdered: boolean;
  readonly paidOn: string | null;
};

/** A grant is paid in parts: each is announced, ordered by the queue, and marked as paid by whoever grants. */
@Injectable()
export class Instalments implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly consumers: Consumers,
    private readonly steps: StaySteps,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'stays.order_payment',
      InstalmentDue,
      (tx, { payload }) => this.order(tx, payload.instalmentId),
      'stays',
    );
  }

  /** Nothing is due where nothing is granted. */
  async add(
    tx: Tx,
    stay: Pick<Stay, 'id' | 'networkId' | 'unit'>,
    part: { readonly kind: InstalmentKind; readonly minor: bigint; readonly actor: string },
  ): Promise<void> {
    if (part.minor === 0n) return;
    const id = derivedId(stay.id, part.kind);
    await sql(
      tx,
      `INSERT INTO stays.instalments (id, stay_id, network_id, kind, amount_minor, unit, reference, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        stay.id,
        stay.networkId,
        part.kind,
        part.minor,
        stay.unit,
        `STAY-${stay.id.slice(-8).toUpperCase()}-${part.kind}`,
        this.clock.now().toString(),
      ],
    );
    await this.outbox.add(
      tx,
      InstalmentDue,
      { instalmentId: id },
      {
        actor: part.actor,
        networkIds: [stay.networkId],
      },
    );
  }

  /** What was ordered and not paid is not paid any more: the balance takes it up. Says what was paid. */
  async closeFirst(tx: Tx, stayId: string): Promise<bigint> {
    await sql(
      tx,
      `UPDATE stays.instalments SET canceled_at = $2 WHERE stay_id = $1 AND kind = 'FIRST' AND paid_on IS NULL`,
      [stayId, this.clock.now().toString()],
    );
    const [paid] = await sql<{ minor: string }>(
      tx,
      `SELECT coalesce(sum(amount_minor), 0)::text AS minor FROM stays.instalments
       WHERE stay_id = $1 AND paid_on IS NOT NULL`,
      [stayId],
    );
    return BigInt(paid!.minor);
  }

  /** What is still owed, or to be recovered; false when nothing is. */
  async settle(
    tx: Tx,
    stay: Stay,
    { finalMinor, actor }: { readonly finalMinor: bigint; readonly actor: string },
  ): Promise<boolean> {
    const balance = balanceOf(finalMinor, await this.closeFirst(tx, stay.id));
    const part =
      balance < 0n
        ? ({ kind: 'RECOVERY', minor: -balance } as const)
        : { kind: 'BALANCE' as const, minor: balance };
    await this.add(tx, stay, { ...part, actor });
    return balance !== 0n;
  }

  async pay(actor: Actor, instalmentId: string, { paidOn }: PutStayPayment): Promise<string> {
    const part = await this.db.read(stayScope(actor), (on) => instalmentById(on, instalmentId));
    if (!part) throw StayProblems.instalmentNotFound('Check the id; a stay lists its instalments.');
    const order = { stayId: part.stayId, act: 'RECORD_PAYMENT', body: { instalmentId, paidOn } } as const;
    await this.steps.take(actor, order, async ({ tx, stay }) => {
      if (part.paidOn !== null) return null;
      const paid = await sql(
        tx,
        `UPDATE stays.instalments SET paid_on = $2, paid_by = $3
         WHERE id = $1 AND ordered_at IS NOT NULL AND canceled_at IS NULL RETURNING id`,
        [instalmentId, paidOn, actor.name],
      );
      if (paid.length === 0)
        throw StayProblems.instalmentNotOrdered('Its order waits in the queue, or has been canceled.');
      const isLast = part.kind !== 'FIRST' && stay.state === 'BALANCE_DUE';
      if (!isLast) return { to: stay.state, reason: part.reference };
      await sql(tx, `UPDATE stays.stays SET state = 'CLOSED' WHERE id = $1`, [stay.id]);
      return { to: 'CLOSED', reason: part.reference };
    });
    return part.stayId;
  }

  private async order(tx: Tx, id: string): Promise<void> {
    await sql(
      tx,
      'UPDATE stays.instalments SET ordered_at = $2 WHERE id = $1 AND ordered_at IS NULL AND canceled_at IS NULL',
      [id, this.clock.now().toString()],
    );
  }
}

const INSTALMENT = `
  SELECT id, stay_id AS "stayId", kind, amount_minor::float8 AS minor, unit, reference,
    ordered_at IS NOT NULL AS "isOrdered", paid_on::text AS "paidOn" FROM stays.instalments`;

async function instalmentById(on: Reader, id: string): Promise<Instalment | null> {
  const [row] = await sql<Instalment>(on, `${INSTALMENT} WHERE id = $1`, [id]);
  return row ?? null;
}

/** In the order in which they fell due, without what was canceled. */
export function instalmentsOf(on: Reader, stayId: string): Promise<Instalment[]> {
  return sql(on, `${INSTALMENT} WHERE stay_id = $1 AND canceled_at IS NULL ORDER BY created_at`, [stayId]);
}
