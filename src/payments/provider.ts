import { Inject, Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { CONFIG, type Config } from '../platform/config.js';

export const PROVIDER = 'stripe';
const SANDBOX_URL = 'http://127.0.0.1:12111';
const SANDBOX_KEY = 'sk_test_sandbox';
const ANSWER_WITHIN_MS = 20_000;
const RETRIES_MAX = 2;

/** What a failed call means: it was refused for good, or nobody knows whether it was done. */
export type Outcome =
  | { readonly is: 'REFUSED'; readonly code: string }
  | { readonly is: 'MISSING' }
  | { readonly is: 'UNKNOWN' };

/**
 * Stripe by its own client; without a key the sandbox, by the same client and the same code. Every call leaves
 * the house, so none is made within a transaction.
 */
@Injectable()
export class Provider {
  readonly stripe: Stripe;
  readonly isSandbox: boolean;

  constructor(@Inject(CONFIG) { STRIPE_SECRET_KEY, PAYMENT_SANDBOX_URL }: Config) {
    const shared = { timeout: ANSWER_WITHIN_MS, maxNetworkRetries: RETRIES_MAX, telemetry: false };
    this.isSandbox = !STRIPE_SECRET_KEY;
    const { hostname, port } = new URL(PAYMENT_SANDBOX_URL ?? SANDBOX_URL);
    this.stripe = STRIPE_SECRET_KEY
      ? new Stripe(STRIPE_SECRET_KEY, shared)
      : new Stripe(SANDBOX_KEY, { ...shared, host: hostname, port, protocol: 'http' });
  }
}

/** A card that was refused and a request that was wrong are known; a silence, a cut and a 500 are not. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Stripe.errors.StripeCardError)
    return { is: 'REFUSED', code: error.decline_code || error.code || 'card_declined' };
  if (error instanceof Stripe.errors.StripeInvalidRequestError)
    return error.code === 'resource_missing'
      ? { is: 'MISSING' }
      : { is: 'REFUSED', code: error.code ?? 'invalid_request' };
  if (error instanceof Stripe.errors.StripeError) return { is: 'UNKNOWN' };
  throw error;
}

/** The id of what Stripe gives as an id or as the thing itself. */
export function refOf(given: string | { readonly id: string } | null | undefined): string | null {
  if (!given) return null;
  return typeof given === 'string' ? given : given.id;
}
