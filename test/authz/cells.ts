import { ask, type Answer } from '../support/ask.js';
import { isDenied, leaks, reachedOthers, type Matrix } from './expectations.js';
import type { Principal } from './principals.js';
import type { Aim, Place, Route } from './requests.js';
import type { Side } from './targets.js';
import type { AuthzWorld } from './world.js';

const TOGETHER = 8;

export type Cell = {
  readonly route: Route;
  readonly who: Principal;
  readonly place: Place;
  readonly side: Side;
};
export type Result = Cell & { readonly answer: Answer; readonly leak: string | null };

/** All cells of one side: each route, each asker, each place where an id can sit. Without any id, one's own alone. */
export function cellsOf(world: AuthzWorld, routes: readonly Route[], side: Side): Cell[] {
  return routes.flatMap((route) => {
    const places = world.requests.placesOf(route);
    if (places.length === 0 && side !== 'own') return [];
    return (places.length > 0 ? places : (['path'] as const)).flatMap((place) =>
      Object.values(world.who).map((who) => ({ route, who, place, side })),
    );
  });
}

/** Asks, several at a time unless the order matters. What the world has nothing of is left out. */
export async function askAll(
  world: AuthzWorld,
  cells: readonly Cell[],
  together = TOGETHER,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = cells.values();
  const askOn = async () => {
    for (const cell of waiting) {
      const result = await askOne(world, cell);
      if (result) results.push(result);
    }
  };
  await Promise.all(Array.from({ length: together }, askOn));
  return results;
}

async function askOne(world: AuthzWorld, cell: Cell): Promise<Result | null> {
  const aim: Aim = { place: cell.place, side: cell.side };
  const request = world.requests.to(cell.route, cell.who, aim);
  if (!request) return null;
  const { method, url, payload } = request;
  const words = payload && JSON.stringify(payload);
  const headers = { ...cell.who.headers, ...(words && { 'content-type': 'application/json' }) };
  const answer = await ask(world.app, { method, url, headers, ...(words && { payload: words }) });
  const leak = cell.who.name === 'platform_admin' ? null : leaks(answer, url + (words ?? ''), world.secrets);
  return { ...cell, answer, leak };
}

export function keyOf({ route, who, place }: Cell): string {
  return `${route.name} ${who.name} ${place}`;
}

/** What is not as the reviewed file says; null when all is. `forNothing` is the answer about what does not exist. */
export function deviation(result: Result, { matrix, forNothing }: Against): string | null {
  const { route, who, place, side, answer } = result;
  const expected = matrix.routes.get(route.name)!;
  const told = `${route.name}, ${who.name}, ${side} in ${place}: ${answer.statusCode} ${answer.body.slice(0, 160)}`;
  if (answer.statusCode >= 500 && !HONEST.test(answer.body)) return `${told} — failed`;
  if (result.leak) return `${told} — ${result.leak}`;
  if (!expected.allowed.has(who.name))
    return isDenied(answer) ? null : `${told} — is let in without ${expected.may}`;
  if (side === 'own') return null; // judged by all of one's own cells together
  if (side === 'missing') return null; // what others' things are compared with
  const mayReach =
    expected.isEverywhere ||
    (who.name === 'platform_admin' && side !== 'deleted') ||
    (side === 'deleted' && route.method !== 'GET') ||
    (side === 'near' && (expected.isNear || matrix.network.has(who.name)));
  return !mayReach && reachedOthers(answer, forNothing) ? `${told} — reaches somebody else's` : null;
}
type Against = { readonly matrix: Matrix; readonly forNothing: Answer | undefined };

/** Neither the provider's sandbox nor the background runs beside this test. */
const HONEST = /payment\.provider_silent|http\.unavailable/;

/** How far those came who ask for their own: refused, past the door, or done. */
export function controlOf(results: readonly Result[]): 'refused' | 'passed' | 'done' {
  if (results.some(({ answer }) => answer.statusCode < 300)) return 'done';
  return results.some(({ answer }) => !isDenied(answer)) ? 'passed' : 'refused';
}
