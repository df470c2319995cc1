import { Injectable } from '@nestjs/common';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { SWEEP } from './asking.service.js';
import { Clearing } from './clearing.js';
import { paymentsWhere } from './payment.queries.js';
import { fromProvider } from './payment.rules.js';
import { DisputeChanged } from './payments.events.js';
import { Provider, refOf } from './provider.js';

/** Charges that a bank took back, until it is decided. */
@Injectable()
export class DisputesKept {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly provider: Provider,
    private readonly clearing: Clearing,
  ) {}

  async follow(ref: string): Promise<boolean> {
    const dispute = await this.provider.stripe.disputes.retrieve(ref);
    const amount = fromProvider(dispute.amount, dispute.currency);
    const state = dispute.status === 'won' ? 'WON' : dispute.status === 'lost' ? 'LOST' : 'OPEN';
    return this.db.tx(SWEEP, async (tx) => {
      const [payment] = await paymentsWhere(tx, 'intent_ref = $1', [refOf(dispute.payment_intent)]);
      if (!payment || !amount) return false;
      const id = derivedId(payment.id, `dispute ${dispute.id}`);
      const answerBy = dispute.evidence_details.due_by;
      const changed = await sql(
        tx,
        `INSERT INTO payments.disputes (id, payment_id, network_id, person_id, provider_ref, amount_minor, unit, reason,
           answer_by, state, state_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         ON CONFLICT (id) DO UPDATE SET state = $10, state_at = $11
         WHERE disputes.state = 'OPEN' AND disputes.state <> $10 RETURNING id`,
        [
          id,
          payment.id,
          payment.networkId,
          payment.personId,
          dispute.id,
          amount.minor,
          amount.unit,
          dispute.reason,
          answerBy ? Temporal.Instant.fromEpochMilliseconds(answerBy * 1000).toString() : null,
          state,
          this.clock.now().toString(),
        ],
      );
      if (changed.length === 0) return true;
      await this.clearing.disputed(tx, { id, networkId: payment.networkId, amount, state });
      const cause = { actor: 'system', networkIds: [payment.networkId] };
      await this.outbox.add(tx, DisputeChanged, { disputeId: id }, cause);
      return true;
    });
  }
}
