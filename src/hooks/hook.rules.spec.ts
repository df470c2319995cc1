import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { instantToDate, Temporal } from '../kernel/time.js';
import { isPublicAddress, isPublicUrl, minutesUntilNext, RETRY_MINUTES, verdictOf } from './hook.rules.js';

const NOWHERE =
  '127.0.0.1 127.1.2.3 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 ' +
  '224.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 203.0.113.9 240.0.0.1 192.0.0.8 ::1 ' +
  ':: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 ' +
  '2002:7f00:1:: 2001::1 2001:db8::1 ::127.0.0.1 ::7f00:1 fec0::1 64:ff9b:1::1 0x7f.1 ' +
  '2130706433 localhost  2130706433x';
it.each(NOWHERE.split(' '))('%s is no address to send to', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111'])('%s is', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ['https://partner.example/hooks', true],
  ['http://partner.example/hooks', false],
  ['https://partner.example:8443/hooks', false],
  ['https://user:secret@partner.example/', false],
])('%s: %s', (url, isFine) => {
  expect(isPublicUrl(url)).toBe(isFine);
});

it('whatever is written as an address, an answer comes', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()),
      (text) => typeof isPublicAddress(text) === 'boolean',
    ),
  );
});

it('tries go on from a minute to days, and end', () => {
  expect([...RETRY_MINUTES]).toEqual([...RETRY_MINUTES].toSorted((a, b) => a - b));
  expect(minutesUntilNext(1)).toBe(1);
  expect(minutesUntilNext(RETRY_MINUTES.length)).toBe(2 * 24 * 60);
  expect(minutesUntilNext(RETRY_MINUTES.length + 1)).toBeNull();
});

it.each([
  [200, 'DELIVERED'],
  [204, 'DELIVERED'],
  [301, 'AGAIN'],
  [410, 'GONE'],
  [500, 'AGAIN'],
  [null, 'AGAIN'],
] as const)('the answer %s means %s', (status, verdict) => {
  expect(verdictOf(status)).toBe(verdict);
});

const VECTOR = '../shared/data/webhooks/standard-webhooks-vector.json';
it('what we sign with is what the specification signs', () => {
  if (!existsSync(VECTOR)) {
    console.warn(`SKIPPED: ${VECTOR} is not here, the vector of the specification is not verified`);
    return;
  }
  const vector = JSON.parse(readFileSync(VECTOR, 'utf8')) as Record<string, string>;
  const at = Temporal.Instant.fromEpochMilliseconds(Number(vector['webhook-timestamp']) * 1000);
  const signature = new Webhook(vector['secret']!).sign(
    vector['webhook-id']!,
    instantToDate(at),
    vector['body']!,
  );
  expect(signature).toBe(vector['webhook-signature']);
});
