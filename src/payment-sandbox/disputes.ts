import type Stripe from 'stripe';
import type { Charging } from './charging.js';
import type { Events } from './events.js';
import { missing } from './refusal.js';
import type { Store } from './store.js';

const ANSWER_DAYS = 7;
const SECONDS_PER_DAY = 86_400;

/** A holder tells the bank that a charge was wrong: the money is taken back until it is decided. */
export class Disputes {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
    private readonly charging: Charging,
  ) {}

  open(chargeId: string): Stripe.Dispute {
    const charge = this.store.find('charge', chargeId);
    if (!charge) throw missing('charge', chargeId);
    const id = this.store.newId('dispute');
    const taken = this.charging.book('adjustment', id, -charge.amount, charge.currency);
    const dispute = this.store.put('dispute', {
      id,
      object: 'dispute',
      amount: charge.amount,
      balance_transactions: [taken],
      charge: charge.id,
      created: this.store.now(),
      currency: charge.currency,
      enhanced_eligibility_types: [],
      evidence: {} as Stripe.Dispute.Evidence,
      evidence_details: {
        due_by: this.store.now() + ANSWER_DAYS * SECONDS_PER_DAY,
        enhanced_eligibility: {},
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: 'manual',
      },
      intended_submission_method: 'manual',
      is_charge_refundable: false,
      livemode: false,
      metadata: {},
      payment_intent: charge.payment_intent,
      reason: 'fraudulent',
      status: 'needs_response',
    });
    charge.disputed = true;
    this.store.put('charge', charge);
    this.events.emit('charge.dispute.created', dispute);
    return dispute;
  }

  /** The bank has decided: who wins gets the money back. */
  decide(id: string, isWon: boolean): Stripe.Dispute {
    const dispute = this.store.find('dispute', id);
    if (!dispute) throw missing('dispute', id);
    if (isWon)
      dispute.balance_transactions.push(
        this.charging.book('adjustment', dispute.id, dispute.amount, dispute.currency),
      );
    dispute.status = isWon ? 'won' : 'lost';
    this.store.put('dispute', dispute);
    this.events.emit('charge.dispute.closed', dispute);
    return dispute;
  }
}
