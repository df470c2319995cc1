import { Injectable } from '@nestjs/common';
import { demand, Identity, type Actor } from '../identity/index.js';
import { csv } from '../kernel/csv.js';
import { amount, decimalText } from '../kernel/money.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { actsPage, authors, type Act } from './acts.queries.js';
import type { ActPage, ActsFilter, ActsQuery, ActView, AuthorPage } from './acts.schema.js';

const CLEARING = namedScope('clearing');
const IDENTITY = namedScope('identity');
const PERSON = 'person:';
const PIECE = 1_000;

/** Who did what. A treasurer's colleagues have names here: what takes two people is between people. */
@Injectable()
export class Acts {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
  ) {}

  async list(actor: Actor, { after, limit, ...filter }: ActsQuery): Promise<ActPage> {
    demandReading(actor, filter.networkId);
    const acts = await this.db.read(CLEARING, (on) => actsPage(on, filter, { after, limit: limit + 1 }));
    const page = acts.slice(0, limit);
    return {
      items: await this.named(page),
      next: acts.length > limit ? page.at(-1)!.cursor : null,
    };
  }

  async csv(actor: Actor, filter: ActsFilter): Promise<string> {
    demandReading(actor, filter.networkId);
    const acts: Act[] = [];
    let after: string | undefined;
    do {
      const piece = await this.db.read(CLEARING, (on) => actsPage(on, filter, { after, limit: PIECE }));
      acts.push(...piece);
      after = piece.length === PIECE ? piece.at(-1)!.cursor : undefined;
    } while (after);
    return csv([HEAD, ...(await this.named(acts)).map(row)]);
  }

  async authors(actor: Actor, networkId: string): Promise<AuthorPage> {
    demandReading(actor, networkId);
    const names = await this.namesOf(await this.db.read(CLEARING, (on) => authors(on, networkId)));
    return { items: [...names].map(([personId, name]) => ({ personId, name })), next: null };
  }

  private async named(acts: readonly Act[]): Promise<ActView[]> {
    const names = await this.namesOf(acts.map((act) => act.actor));
    return acts.map(({ cursor: _cursor, ...act }) => ({
      ...act,
      name: names.get(act.actor.slice(PERSON.length)) ?? null,
    }));
  }

  private namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const people = actors.filter((name) => name.startsWith(PERSON)).map((name) => name.slice(PERSON.length));
    return this.db.read(IDENTITY, (on) => this.identity.names(on, [...new Set(people)]));
  }
}

function demandReading(actor: Actor, networkId: string): void {
  demand(actor, 'windows:read', { organisationId: networkId, networkId });
}

const HEAD = [
  'at',
  'name',
  'actor',
  'section',
  'thing',
  'step',
  'party',
  'amount',
  'unit',
  'note',
  'thing_id',
];

function row({ at, name, actor, section, thing, step, party, amount: of, note, thingId }: ActView): string[] {
  const minor = of ? decimalText(amount(of.unit, of.minor)) : '';
  return [
    at,
    name ?? '',
    actor,
    section,
    thing,
    step,
    party?.name ?? '',
    minor,
    of?.unit ?? '',
    note,
    thingId,
  ];
}
