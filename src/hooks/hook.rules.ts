import ipaddr from 'ipaddr.js';

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

/** ::7f00:1 is an old way to write 127.0.0.1: such addresses begin with so many zero bytes. */
const IPV4_OFFSET = 12;

/** Only addresses that belong to everybody's internet: not loopback, private, link-local, carrier's, mapped or translated ones. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  const isCompatible =
    address.kind() === 'ipv6' &&
    address
      .toByteArray()
      .slice(0, IPV4_OFFSET)
      .every((byte) => byte === 0);
  return address.range() === 'unicast' && !isCompatible;
}

/** A https URL on its usual port, without credentials. */
export function isPublicUrl(text: string): boolean {
  const url = new URL(text);
  return url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
}
