import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { codeOf, type Answer } from '../support/ask.js';
import { PRINCIPALS } from './principals.js';
import { CANARY } from './twin.js';

const who = z.union([z.enum(PRINCIPALS), z.string().regex(/^[A-Z]+$/)]);
const list = z.array(who);
const Entry = z.strictObject({
  may: z.string(),
  not: list.default([]),
  because: z.string().optional(),
  near: z.string().optional(),
  everywhere: z.string().optional(),
});
const File = z.strictObject({
  reasons: z.record(z.string(), z.string()),
  groups: z.record(z.string(), list),
  permissions: z.record(z.string(), list),
  nouns: z.record(z.string(), z.string()),
  samples: z.record(z.string(), z.string()),
  routes: z.record(z.string(), z.union([z.string(), Entry])),
});

/** What the reviewed file says of one route: who passes the door, who of them is refused behind it, who reaches beyond their own. */
export type Expected = {
  readonly may: string;
  readonly allowed: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
  readonly isNear: boolean;
  readonly isEverywhere: boolean;
  readonly reasons: readonly string[];
};
export type Matrix = ReturnType<typeof readMatrix>;

export function readMatrix() {
  const text = readFileSync('test/authz/authz-matrix.yaml', 'utf8');
  const { reasons, groups, permissions, nouns, samples, routes } = File.parse(parse(text));
  const named = (names: readonly string[]) =>
    new Set<string>(names.flatMap((name) => groups[name] ?? [name]));
  const expected = new Map<string, Expected>();
  for (const [name, given] of Object.entries(routes)) {
    const { may, not, because, near, everywhere } = Entry.parse(
      typeof given === 'string' ? { may: given } : given,
    );
    const isForAll = may === 'public' || may === 'open';
    expected.set(name, {
      may,
      allowed: isForAll ? new Set<string>(PRINCIPALS) : named(permissions[may] ?? []),
      refused: named(not),
      isNear: near !== undefined,
      isEverywhere: isForAll || everywhere !== undefined,
      reasons: [not.length > 0 ? (because ?? 'none given') : [], near ?? [], everywhere ?? []].flat(),
    });
  }
  return { reasons, network: named(['NETWORK']), nouns, samples, routes: expected };
}

export function isDenied(answer: Answer): boolean {
  return codeOf(answer).startsWith('access.');
}

/** Refused before anybody looked whose things it is about: for its words, for being one too many. */
const UNREAD =
  /^(request\.(invalid|unknown_reference|out_of_range)|http\.(bad_request|unsupported_media_type|too_many_requests))$/;

/** Did a request about somebody else's thing get there? `forNothing` is the answer about a thing that does not exist. */
export function reachedOthers(answer: Answer, forNothing: Answer | undefined): boolean {
  const code = codeOf(answer);
  if ([401, 403, 404].includes(answer.statusCode) || UNREAD.test(code)) return false;
  if (code === 'request.id_reused') return false; // all it tells is that an id, which nobody can guess, is taken
  if (answer.body.includes('"items":[]')) return false;
  return forNothing === undefined || code === '' || code !== codeOf(forNothing);
}

/** Does an answer tell anything of the other tenant that was not in the question? */
export function leaks(answer: Answer, asked: string, secrets: ReadonlySet<string>): string | null {
  if (answer.body.includes(CANARY)) return `tells what ${CANARY} wrote`;
  for (const id of answer.body.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [])
    if (secrets.has(id) && !asked.includes(id)) return `names ${id}`;
  return null;
}
