import { Injectable } from '@nestjs/common';
import type { Amount } from '../kernel/money.js';
import { dayAt, type PlainDate } from '../kernel/time.js';
import { demand, demandPerson, Identity, may, type Actor } from '../identity/index.js';
import type { ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import type { IssuedPassesQuery, IssuedPassPage, PutPass, PutRevocation } from './issuing.schema.js';
import { changeState, revokeCredentials, revokePass } from './lifecycle.js';
import { Vat, type SoldPass } from '../vat/index.js';
import { PassProblems } from './pass.problems.js';
import { findIssued, findPass, findPassesOf, lockPass, type Pass } from './pass.queries.js';
import { stateAt, type PassState } from './pass.rules.js';
import type { PassPage, PassView } from './pass.schema.js';
import { viewPass, viewPasses } from './pass.views.js';
import { periodCount, START_WITHIN_DAYS } from './product.rules.js';
import { theProduct, type Product } from './products.service.js';
import { Sources } from './sources.js';

const PAGE_SIZE = 50;

/** A pass as it is issued, read, and revoked. */
@Injectable()
export class Issuing {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
    private readonly sources: Sources,
    private readonly vat: Vat,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutPass): Promise<PassView> {
    const product = await this.db.read(actor.scope, (on) => theProduct(on, body.productId));
    demand(actor, 'passes:write', { networkId: product.networkId });
    const personId = body.personId ?? (await this.personAt(body.email!));
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, product.networkId), async (tx) => {
      const order = { product, personId, teamName: teamNameOf(product, body), hash };
      const isNew = await this.insert(tx, id, order);
      const pass = await findPass(tx, id);
      if (pass?.requestHash !== hash) {
        throw RequestProblems.idReused('A pass keeps its product and its person: issue another one.');
      }
      if (isNew) {
        await this.sources.grant(tx, pass);
        await this.vat.freeze(tx, soldPass(pass));
      }
      return this.view(tx, id);
    });
  }

  listOwn(actor: Actor): Promise<PassPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const passes = await findPassesOf(on, personId);
      return { items: await viewPasses(on, passes, this.clock.now()), next: null };
    });
  }

  /** Newest first, for whoever issues. */
  async listIssued(actor: Actor, { networkId, after }: IssuedPassesQuery): Promise<IssuedPassPage> {
    demand(actor, 'passes:write', { networkId });
    const page = { before: after ?? null, limit: PAGE_SIZE };
    const views = await this.db.read(withNetworks(actor.scope, networkId), async (on) =>
      viewPasses(on, await findIssued(on, networkId, page), this.clock.now()),
    );
    const names = await this.db.read(namedScope('identity'), (on) =>
      this.identity.firstNames(
        on,
        views.map(({ personId }) => personId),
      ),
    );
    return {
      items: views.map((pass) => ({ ...pass, holderFirstName: names.get(pass.personId) ?? '' })),
      next: views.length === PAGE_SIZE ? views.at(-1)!.id : null,
    };
  }

  get(actor: Actor, id: string): Promise<PassView> {
    return this.db.read(actor.scope, async (on) => {
      const pass = await findPass(on, id);
      if (!pass || !mayRead(actor, pass)) throw notFound(id);
      return viewPass(on, pass, this.clock.now());
    });
  }

  /** Revoked for good; its credentials stop opening doors at once, and so do those of members and guests. */
  async revoke(actor: Actor, id: string, { reason }: PutRevocation): Promise<PassView> {
    const seen = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (!seen || !mayRead(actor, seen)) throw notFound(id);
    demand(actor, 'passes:write', { networkId: seen.networkId });
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      const of = await sql<{ id: string }>(
        tx,
        `SELECT id FROM passes.passes WHERE id = $1 OR drawn_from = $1 OR guest_of = $1 ORDER BY id FOR UPDATE`,
        [id],
      );
      const by = { actor: actor.name, reason, now: this.clock.now() };
      for (const each of of) await revokePass(tx, each.id, by);
      return this.view(tx, id);
    });
  }

  /** For whoever sells: in the buyer's name and at the price that was paid, once for each id. */
  async issueSold(
    tx: Tx,
    id: string,
    sale: { productId: string; personId: string; price: Amount },
  ): Promise<void> {
    const product = await theProduct(tx, sale.productId);
    const { personId, price } = sale;
    const order = { product, personId, price, teamName: teamNameOf(product, {}), hash: requestHash(sale) };
    if (!(await this.insert(tx, id, order))) return;
    const pass = (await findPass(tx, id))!;
    await this.sources.grant(tx, pass);
    await this.vat.freeze(tx, soldPass(pass));
  }

  /** What of a pass was used, and what bookings still hold, until this transaction ends. */
  async usage(tx: Tx, id: string): Promise<{ used: number; held: number; of: number; state: PassState }> {
    const pass = await lockPass(tx, id);
    if (!pass) throw notFound(id);
    const of = pass.kind === 'DAYS' ? pass.halfDays : pass.halfDays * pass.periods;
    return { used: pass.usedHalfDays, held: pass.heldHalfDays, of, state: stateAt(pass, this.clock.now()) };
  }

  /** Given back for money: it opens no door any more. */
  async giveBack(tx: Tx, id: string, actor: string): Promise<void> {
    const now = this.clock.now();
    const pass = await lockPass(tx, id);
    if (!pass || stateAt(pass, now) === 'REFUNDED') return;
    await changeState(tx, pass, 'refund', { actor, now });
    await revokeCredentials(tx, id, now);
  }

  private async personAt(email: string): Promise<string> {
    const personId = await this.db.read(namedScope('identity'), (on) =>
      this.identity.personIdByEmail(on, email),
    );
    if (personId) return personId;
    throw PassProblems.personUnknown('Nobody has confirmed this address. Ask the person to register first.');
  }

  private async insert(
    tx: Tx,
    id: string,
    order: { product: Product; personId: string; teamName: string | null; hash: string; price?: Amount },
  ): Promise<boolean> {
    const now = this.clock.now();
    const { product, personId, teamName, hash, price } = order;
    const validFrom = dayAt(now, 'UTC');
    const validUntil = firstEnd(product, validFrom);
    const periods = periodCount({ validFrom, validUntil, periodMonths: product.periodMonths });
    try {
      const rows = await sql(
        tx,
        `INSERT INTO passes.passes (id, network_id, product_id, person_id, product_name, price_minor, price_unit,
           network_ids, space_ids, resource_kinds, product_class, offline, ${COPIED}, valid_from, valid_until, periods,
           team_name, state, request_hash, created_at)
         SELECT $1::uuid, network_id, id, $3::uuid, name, coalesce($10::bigint, price_minor),
                coalesce($11, price_unit), network_ids, space_ids,
                resource_kinds, product_class, offline, ${COPIED}, $4::date, $5::date, $6::smallint, $7::text,
                'ISSUED', $8, $9::timestamptz
         FROM passes.products WHERE id = $2::uuid
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          id,
          product.id,
          personId,
          validFrom.toString(),
          validUntil.toString(),
          periods,
          teamName,
          hash,
          now.toString(),
          price?.minor ?? null,
          price?.unit ?? null,
        ],
      );
      return rows.length === 1;
    } catch (error) {
      if (!violates(error, 'passes_person_id_fkey')) throw error;
      throw PassProblems.personUnknown('Ask the person to register first.');
    }
  }

  private async view(tx: Tx, id: string): Promise<PassView> {
    return viewPass(tx, (await findPass(tx, id))!, this.clock.now());
  }
}

/** The terms that a pass takes from its product, word for word. */
export const COPIED = `kind, half_days, valid_days, period_months, roll_over, host_cap_half_days, starts, sharing,
  audience, guests_per_day, pause_days_per_year, pause_extends`;

/** A pass that waits for its first day waits a year at most. */
function firstEnd({ starts, validDays }: Product, validFrom: PlainDate): PlainDate {
  return validFrom.add({ days: (starts === 'FIRST_USE' ? START_WITHIN_DAYS : validDays) - 1 });
}

/** What VAT has to know of it, for good. */
function soldPass(pass: Pass): SoldPass {
  return {
    passId: pass.id,
    networkId: pass.networkId,
    personId: pass.personId,
    price: pass.price,
    halfDays: pass.halfDays * pass.periods,
    scope: { ...pass.scope, resourceKinds: pass.scope.resourceKinds as ResourceKind[] },
    day: dayAt(pass.createdAt, 'UTC'),
  };
}

function teamNameOf({ sharing, name }: Product, { teamName }: Pick<PutPass, 'teamName'>): string | null {
  return sharing === 'TEAM' ? (teamName ?? name) : null;
}

/** The holder, and whoever issues for the network. To everybody else it does not exist. */
export function mayRead(actor: Actor, pass: Pass): boolean {
  return pass.personId === actor.personId || may(actor, 'passes:write', { networkId: pass.networkId });
}

export function notFound(id: string) {
  return PassProblems.notFound(`There is no pass ${id}. Your own are in GET /v1/passes.`);
}
