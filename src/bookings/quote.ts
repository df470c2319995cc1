import type { Instant } from '../kernel/time.js';
import type { QuoteView } from './booking.schema.js';
import type { Offer } from './offers.js';

export type Quote = {
  readonly id: string;
  readonly expiresAt: Instant;
  readonly offer: Offer;
  /** As they were told, to be told the same again. */
  readonly next: QuoteView['next'];
  readonly change: QuoteView['change'];
};
