/** A day package, opened: verified, and turned into what the door asks of it. */
import { DAY_PACKAGE_TYPE, DayPackage } from '@wire/checkin/day-package.schema.js';
import { EDDSA } from '@wire/kernel/pass-code/credential.js';
import type { IssuerKey } from '@wire/kernel/pass-code/esc1.js';
import { verifyWithWebCrypto } from '@wire/kernel/pass-code/web-crypto.js';
import type { Intervals } from '@wire/kernel/opening.js';
import { Temporal, type PlainDate } from '@wire/kernel/time.js';
import type { BookedPart } from '@wire/kernel/words.js';
import { fromBase64Url } from '../pass/bytes';

export type OpenPackage = {
  readonly id: string;
  readonly spaceId: string;
  readonly day: string;
  readonly localDay: PlainDate;
  readonly timeZone: string;
  readonly halfDayBoundary: string;
  /** When the server last said that this is how things stand. */
  readonly freshAtMs: number;
  /** Null: these lists are of another day, whose hours are not today's. */
  readonly hours: Intervals | null;
  readonly earlyMs: number;
  readonly issuers: ReadonlyMap<string, readonly IssuerKey[]>;
  readonly isWithdrawn: (issuer: string, statusIndex: number) => boolean;
  readonly bookings: readonly {
    readonly bearers: ReadonlySet<string>;
    readonly part: BookedPart;
    readonly startsAtMs: number;
    readonly endsAtMs: number;
    readonly typed: readonly TypedGuest[];
  }[];
  readonly inside: ReadonlySet<string>;
};

/** A guest whose code may be read out at this door. */
export type TypedGuest = {
  readonly handle: string;
  readonly key: Uint8Array;
  readonly untilMs: number;
  readonly bearer: string;
};

/** A key that may sign packages: the 32 bytes of Ed25519, as base64url. */
export type PackageKey = { readonly kid: string; readonly raw: string };

/** Null for what no known key has signed, or what is no day package at all. */
export async function verifiedPackage(
  signed: string,
  keys: readonly PackageKey[],
): Promise<DayPackage | null> {
  const [head, payload, signature] = signed.split('.');
  if (!head || !payload || !signature) return null;
  try {
    const header = readJson(head) as { alg?: unknown; typ?: unknown; kid?: unknown };
    if (header.alg !== 'EdDSA' || header.typ !== DAY_PACKAGE_TYPE) return null;
    const message = new TextEncoder().encode(`${head}.${payload}`);
    const bytes = Uint8Array.from(fromBase64Url(signature));
    for (const { raw } of keys.filter(({ kid }) => kid === header.kid)) {
      const key = { alg: EDDSA, raw: fromBase64Url(raw) } as const;
      if (await verifyWithWebCrypto(key, message, bytes)) return DayPackage.parse(readJson(payload));
    }
  } catch {
    // not even its form is right
  }
  return null;
}

export async function openPackage(made: DayPackage, freshAtMs: number, today: string): Promise<OpenPackage> {
  const lists = await Promise.all(
    made.issuers.map(async ({ issuer, withdrawn }) => [issuer, await inflate(withdrawn)] as const),
  );
  const withdrawn = new Map(lists);
  const isToday = made.day === today;
  return {
    id: made.id,
    spaceId: made.spaceId,
    day: made.day,
    localDay: Temporal.PlainDate.from(made.day),
    timeZone: made.timeZone,
    halfDayBoundary: made.halfDayBoundary,
    freshAtMs,
    hours: isToday ? made.hours.map(intervalOf) : null,
    earlyMs: made.earlyMinutes * 60_000,
    issuers: new Map(made.issuers.map(({ issuer, keys }) => [issuer, keys.map(issuerKey)])),
    isWithdrawn: (issuer, index) => isSet(withdrawn.get(issuer), index),
    bookings: made.bookings.map(({ bearers, part, startsAt, endsAt, typed = [] }) => ({
      bearers: new Set(bearers),
      part,
      startsAtMs: msOf(startsAt),
      endsAtMs: msOf(endsAt),
      typed: typed.map(({ handle, key, until, bearer }) => ({
        handle,
        key: fromBase64Url(key),
        untilMs: msOf(until),
        bearer,
      })),
    })),
    inside: new Set(isToday ? made.inside : []),
  };
}

function readJson(part: string): unknown {
  return JSON.parse(new TextDecoder().decode(fromBase64Url(part)));
}

function issuerKey({
  kid,
  raw,
  useFrom,
  useUntil,
}: DayPackage['issuers'][number]['keys'][number]): IssuerKey {
  const publicKey = { alg: EDDSA, raw: fromBase64Url(raw) } as const;
  return { kid: fromBase64Url(kid), publicKey, useFrom, useUntil };
}

function intervalOf({ from, until }: DayPackage['hours'][number]): Intervals[number] {
  const time = (text: string) => Temporal.PlainTime.from(text);
  return { from: time(from), until: until === null ? null : time(until) };
}

/** The lowest bit of the first byte is index 0. An index beyond the list was given after the list was made. */
function isSet(bits: Uint8Array | undefined, index: number): boolean {
  return (((bits?.[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

async function inflate(text: string): Promise<Uint8Array> {
  const deflated = new Blob([Uint8Array.from(fromBase64Url(text))]).stream();
  const inflated = deflated.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

function msOf(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
