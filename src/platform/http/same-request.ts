import { createHash } from 'node:crypto';

/**
 * The fingerprint of a parsed body, stored beside what the request made. The same id with the same
 * fingerprint is a repeat and gets the stored result; with another one it is refused as
 * `request.id_reused`. Keys in any order, and a day or an amount written in another way, are the same.
 */
export function requestHash(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/** Sorted keys; bigints as text; Temporal values print themselves. */
function canonicalJson(body: unknown): string {
  return JSON.stringify(body ?? null, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
