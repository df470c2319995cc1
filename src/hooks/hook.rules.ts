/** Minutes until the next try, after the first failure and each further one: from a minute to two days. */
export const RETRY_MINUTES = [1, 5, 30, 120, 300, 600, 1440, 2880] as const;

/** Null when there is no further try. `attempts` have been made. */
export function minutesUntilNext(attempts: number): number | null {
  return RETRY_MINUTES[attempts - 1] ?? null;
}

export type Verdict = 'DELIVERED' | 'GONE' | 'AGAIN';

/** What an answer means. A redirect is no answer: following it would send the event somewhere else. */
export function verdictOf(status: number | null): Verdict {
  if (status === 410) return 'GONE';
  return status !== null && status >= 200 && status < 300 ? 'DELIVERED' : 'AGAIN';
}

export { isPublicAddress, isPublicUrl } from '../platform/http/public-address.js';
