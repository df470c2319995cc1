import type Stripe from 'stripe';
import type { Store } from './store.js';
import { invalid } from './refusal.js';

/** What becomes of a charge. Stripe's own test numbers, with Stripe's own meanings. */
export type Behaviour = {
  readonly outcome: 'succeeds' | 'declines' | 'authenticates' | 'authenticates_always' | 'declines_later';
  readonly declineCode?: string;
  readonly isDisputed?: true;
};
export const CARDS: Readonly<Record<string, Behaviour>> = {
  '4242424242424242': { outcome: 'succeeds' },
  '5555555555554444': { outcome: 'succeeds' },
  '4000000000000002': { outcome: 'declines', declineCode: 'generic_decline' },
  '4000000000009995': { outcome: 'declines', declineCode: 'insufficient_funds' },
  '4000000000009987': { outcome: 'declines', declineCode: 'lost_card' },
  // Kept for later, and refused when it is charged then.
  '4000000000000341': { outcome: 'declines_later', declineCode: 'generic_decline' },
  // Asks once, when it is set up; then pays by itself.
  '4000002500003155': { outcome: 'authenticates' },
  // Asks every time, so it cannot be charged while its owner is away.
  '4000002760003184': { outcome: 'authenticates_always' },
  '4000000000000259': { outcome: 'succeeds', isDisputed: true },
};
/** Bank accounts, debited days later. */
export const IBANS: Readonly<Record<string, 'succeeds' | 'fails'>> = {
  AT611904300234573201: 'succeeds',
  FR1420041010050500013M02606: 'succeeds',
  AT861904300235473202: 'fails',
};
const TOKENS: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_createDispute: '4000000000000259',
};

export type NewMethod =
  | { readonly type: 'card'; readonly number: string; readonly expMonth: number; readonly expYear: number }
  | { readonly type: 'sepa_debit'; readonly iban: string };

export function behaviourOf(store: Store, method: Stripe.PaymentMethod): Behaviour {
  return CARDS[store.hidden.numbers[method.id] ?? ''] ?? { outcome: 'succeeds' };
}

/** A method by its id, or by one of Stripe's names for tests, which makes one. */
export function methodFor(store: Store, name: string, customer: string | null): Stripe.PaymentMethod {
  const number = TOKENS[name];
  if (number) return addMethod(store, { type: 'card', number, expMonth: 12, expYear: 2034 }, customer);
  const method = store.find('payment_method', name);
  if (!method) throw invalid(`No such PaymentMethod: '${name}'`, 'payment_method', 'resource_missing');
  return method;
}

export function addMethod(store: Store, given: NewMethod, customer: string | null): Stripe.PaymentMethod {
  const id = store.newId('payment_method');
  store.hidden.numbers[id] = given.type === 'card' ? given.number : given.iban;
  const shared = {
    id,
    object: 'payment_method' as const,
    allow_redisplay: 'always' as const,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: store.now(),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
  return store.put(
    'payment_method',
    given.type === 'card'
      ? { ...shared, type: 'card', card: cardOf(given) }
      : { ...shared, type: 'sepa_debit', sepa_debit: debitOf(given.iban) },
  );
}

function cardOf({
  number,
  expMonth,
  expYear,
}: Extract<NewMethod, { type: 'card' }>): Stripe.PaymentMethod.Card {
  const brand = number.startsWith('5') ? 'mastercard' : 'visa';
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'FR',
    display_brand: brand,
    exp_month: expMonth,
    exp_year: expYear,
    fingerprint: number.slice(-8),
    funding: 'credit',
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function debitOf(iban: string): Stripe.PaymentMethod.SepaDebit {
  return {
    bank_code: iban.slice(4, 9),
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: iban.slice(-8),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
}
