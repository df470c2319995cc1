/** What a pass is allowed to become, and how long it lives. Pure: no database, no framework. */
import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { lastDayOf } from './product.rules.js';

export const PASS_STATES = [
  'ISSUED',
  'ACTIVE',
  'PAUSED',
  'EXHAUSTED',
  'EXPIRED',
  'REVOKED',
  'REFUNDED',
] as const;
export type PassState = (typeof PASS_STATES)[number];

export const PASS_ACTIONS = [
  'use',
  'exhaust',
  'refill',
  'pause',
  'resume',
  'expire',
  'revoke',
  'refund',
] as const;
export type PassAction = (typeof PASS_ACTIONS)[number];

/** Every move there is. What is not here does not happen. */
export const TRANSITIONS: Readonly<Record<PassState, Partial<Record<PassAction, PassState>>>> = {
  ISSUED: { use: 'ACTIVE', pause: 'PAUSED', expire: 'EXPIRED', revoke: 'REVOKED', refund: 'REFUNDED' },
  ACTIVE: {
    exhaust: 'EXHAUSTED',
    pause: 'PAUSED',
    expire: 'EXPIRED',
    revoke: 'REVOKED',
    refund: 'REFUNDED',
  },
  PAUSED: { resume: 'ACTIVE', expire: 'EXPIRED', revoke: 'REVOKED', refund: 'REFUNDED' },
  EXHAUSTED: { refill: 'ACTIVE', expire: 'EXPIRED', revoke: 'REVOKED' },
  EXPIRED: {},
  REVOKED: {},
  REFUNDED: {},
};

/** States whose half-days can be taken. */
export const USABLE: readonly PassState[] = ['ISSUED', 'ACTIVE'];

/** States whose holder may show it: without half-days it still says who is at the door. */
export const SHOWABLE: readonly PassState[] = ['ISSUED', 'ACTIVE', 'EXHAUSTED'];

/** The last zone in which a day ends: until then the pass is somewhere still good. */
const LAST_ZONE = 'Etc/GMT+12';

export const CREDENTIAL_DAYS_MAX = 7;
export const ISSUER_KEY_USE_DAYS = 90;
const ISSUER_KEY_VERIFY_DAYS = 7;

type Life = {
  readonly state: PassState;
  readonly validUntil: PlainDate;
  readonly pausedOn?: PlainDate | null;
  readonly pauseExtends?: boolean;
};

/** When its last day is over everywhere. Whether a visit's day is still in, is decided by the space's own day. */
export function endOf({ validUntil }: Pick<Life, 'validUntil'>): Instant {
  return validUntil.add({ days: 1 }).toZonedDateTime(LAST_ZONE).toInstant();
}

/** The last day that is over everywhere. */
export function lastDayOver(now: Instant): PlainDate {
  return dayAt(now, LAST_ZONE).subtract({ days: 1 });
}

/** The stored state, or EXPIRED when the sweep has not come by yet. */
export function stateAt(pass: Life, now: Instant): PassState {
  const { validUntil, pausedOn = null, pauseExtends = false } = pass;
  const last = lastDayOf({ validUntil, pausedOn, pauseExtends }, dayAt(now, 'UTC'));
  const isOver = Temporal.Instant.compare(now, endOf({ validUntil: last })) >= 0;
  return isOver ? (TRANSITIONS[pass.state].expire ?? pass.state) : pass.state;
}

/** A credential never outlives its pass, nor a week. */
export function credentialEnd(pass: Pick<Life, 'validUntil'>, now: Instant): Instant {
  return earlier(now.add({ hours: 24 * CREDENTIAL_DAYS_MAX }), endOf(pass));
}

/** A card never outlives its pass, nor the key that signed it. */
export function cardEnd(pass: Pick<Life, 'validUntil'>, keyUseUntil: Instant): Instant {
  return earlier(verifiableUntil(keyUseUntil), endOf(pass));
}

/** A key verifies a week longer than it signs: as long as its last credential lives. */
export function verifiableUntil(useUntil: Instant): Instant {
  return useUntil.add({ hours: 24 * ISSUER_KEY_VERIFY_DAYS });
}

/** Keys whose use ended before this moment verify nothing any more. */
export function verifiableFrom(now: Instant): Instant {
  return now.subtract({ hours: 24 * ISSUER_KEY_VERIFY_DAYS });
}

function earlier(a: Instant, b: Instant): Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

export type PassScope = {
  /** With all the networks below them. */
  readonly networkIds: readonly string[];
  readonly spaceIds: readonly string[];
  readonly resourceKinds: readonly string[];
};

type Place = {
  readonly spaceId: string;
  /** The space's network, then the networks above it. */
  readonly networkChain: readonly string[];
  readonly resourceKind: string;
};

export function isInScope(scope: PassScope, place: Place): boolean {
  const isThere =
    scope.spaceIds.includes(place.spaceId) || place.networkChain.some((id) => scope.networkIds.includes(id));
  return isThere && scope.resourceKinds.includes(place.resourceKind);
}
