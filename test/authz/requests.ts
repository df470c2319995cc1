import fc from 'fast-check';
import type { OpenAPIObject } from '@nestjs/swagger';
import { valid, type Schema } from '../fuzz/from-schema.js';
import type { Principal } from './principals.js';
import type { Side, Targets } from './targets.js';

export const PLACES = ['path', 'query', 'body'] as const;
export type Place = (typeof PLACES)[number];

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
};
export type Operation = {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
export type Route = {
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly operation: Operation;
};
export type Sent = { readonly method: Route['method']; readonly url: string; readonly payload?: object };
/** The side of the ids in one place; in the other places they are one's own. */
export type Aim = { readonly place: Place; readonly side: Side };

const SEED = 20_261_201;
const CANDIDATES = 4;
/** Where a body names something whose kind its field does not tell. */
const NOBODYS = '01980000-0000-7000-8000-0000000000ff';
const ID_FIELD = /^(\w+?)Ids?$/;

export function routesOf(document: OpenAPIObject): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase() as Route['method'],
      path,
      operation,
    })),
  );
}

/** Makes requests to routes out of the contract, with ids of whichever side. */
export class Requests {
  private readonly bodies = new Map<string, readonly unknown[]>();
  private readonly chosen = new Map<string, number>();

  constructor(
    private readonly targets: Targets,
    private readonly parts: Readonly<Record<string, Schema>>,
    private readonly samples: Readonly<Record<string, string>>,
  ) {}

  /** Where ids sit in requests to this route. */
  placesOf(route: Route): Place[] {
    const inPath =
      /\{\w+\}/.test(route.path) && pathNouns(route).some(({ noun }) => this.targets.tableOf(noun));
    const inQuery = queryOf(route).some(({ name }) => this.nounOf(name));
    const body = this.bodiesOf(route)[0];
    const inBody = body !== undefined && this.namesIds(body);
    return PLACES.filter((place) => ({ path: inPath, query: inQuery, body: inBody })[place]);
  }

  /** How many bodies there are to choose from, and which of them is taken. */
  candidates(route: Route): number {
    return this.bodiesOf(route).length;
  }

  choose(route: Route, number: number): void {
    this.chosen.set(route.name, number);
  }

  /** Null when the world has nothing of the kind on that side. */
  to(route: Route, who: Principal, { place, side }: Aim): Sent | null {
    const fill = new Filling(this.targets, who);
    const sideOf = (here: Place): Side => (here === place ? side : 'own');
    const creates = place === 'body' && route.method === 'PUT' && route.path.endsWith('/{id}');
    const nouns = new Map(pathNouns(route).map(({ name, noun }) => [name, noun]));
    const address = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
      const sample = this.samples[`${route.path} ${name}`] ?? this.samples[name];
      if (sample !== undefined && !this.targets.tableOf(nouns.get(name)!)) return sample;
      return fill.id(nouns.get(name)!, creates && name === 'id' ? 'missing' : sideOf('path'));
    });
    const words = new URLSearchParams();
    for (const { name, required, schema } of queryOf(route)) {
      const noun = this.nounOf(name);
      if (noun && (required || place === 'query')) words.set(name, fill.id(noun, sideOf('query')));
      else if (required) words.set(name, this.samples[name] ?? String(first(schema, this.parts)));
    }
    const body = this.bodiesOf(route)[this.chosen.get(route.name) ?? 0];
    const payload =
      body === undefined ? undefined : (this.filled(body, (noun) => fill.id(noun, sideOf('body'))) as object);
    if (fill.lacks) return null;
    const url = words.size > 0 ? `${address}?${words.toString()}` : address;
    return { method: route.method, url, ...(payload && { payload }) };
  }

  private nounOf(field: string): string | null {
    const noun = ID_FIELD.exec(field)?.[1];
    if (!noun) return null;
    return [field, plural(noun)].find((one) => this.targets.tableOf(one)) ?? null;
  }

  private bodiesOf(route: Route): readonly unknown[] {
    const schema = route.operation.requestBody?.content['application/json']?.schema;
    if (!schema) return [];
    const known = this.bodies.get(route.name);
    if (known) return known;
    const made = valid(schema, { ids: [NOBODYS], parts: this.parts });
    const bodies = fc.sample(made, { numRuns: CANDIDATES, seed: SEED });
    this.bodies.set(route.name, bodies);
    return bodies;
  }

  private namesIds(body: unknown): boolean {
    let names = false;
    this.filled(body, () => ((names = true), ''));
    return names;
  }

  private filled(value: unknown, id: (noun: string) => string): unknown {
    if (Array.isArray(value)) return value.map((one) => this.filled(one, id));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const noun = this.nounOf(name);
        if (!noun) return [name, this.filled(inner, id)];
        if (Array.isArray(inner)) return [name, [id(noun)]];
        return [name, typeof inner === 'string' ? id(noun) : inner];
      }),
    );
  }
}

class Filling {
  lacks = false;
  constructor(
    private readonly targets: Targets,
    private readonly who: Principal,
  ) {}

  id(noun: string, side: Side): string {
    const known = this.targets.tableOf(noun) !== null;
    const found = known ? this.targets.idOf(noun, side, this.who) : null;
    // Where there is nothing of one's own, the door is still proven to be open by a question about nothing.
    const id = found ?? (known && side !== 'own' ? null : this.targets.idOf('', 'missing', this.who));
    if (id === null) this.lacks = true;
    return id ?? '';
  }
}

function queryOf({ operation }: Route): Parameter[] {
  return (operation.parameters ?? []).filter((one) => one.in === 'query');
}

/** `{id}` is of the noun before it; `{spaceId}` names its noun itself. */
function pathNouns({ path }: Route): { name: string; noun: string }[] {
  const parts = path.split('/');
  return parts.flatMap((part, at) => {
    const name = /\{(\w+)\}/.exec(part)?.[1];
    if (!name) return [];
    const own = ID_FIELD.exec(name)?.[1];
    const noun = name === 'id' || !own ? parts[at - 1]! : plural(own);
    return [{ name, noun }];
  });
}

function first(schema: Schema | undefined, parts: Readonly<Record<string, Schema>>): unknown {
  return fc.sample(valid(schema ?? {}, { ids: [NOBODYS], parts }), { numRuns: 1, seed: SEED })[0];
}

function plural(noun: string): string {
  if (noun.endsWith('y')) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith('s') ? `${noun}es` : `${noun}s`;
}
