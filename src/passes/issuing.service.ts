import { Injectable, type OnModuleInit } from '@nestjs/common';
import { amount } from '../kernel/money.js';
import { dayAt, type Instant } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { demand, demandPerson, may, type Actor } from '../identity/index.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { changeState } from './lifecycle.js';
import { PassProblems } from './pass.problems.js';
import { findPass, findPassesOf, lockPass, passAccounts, type Pass } from './pass.queries.js';
import { lastDayOver, stateAt, type PassAction } from './pass.rules.js';
import type { PassPage, PassView, PutPass } from './pass.schema.js';
import { theProduct, type Product } from './products.service.js';

const SWEEP_SIZE_MAX = 500;

/** A pass from issue to its end. */
@Injectable()
export class Issuing implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('passes.expire', () => this.expireDue());
  }

  async put(actor: Actor, id: string, body: PutPass): Promise<PassView> {
    const product = await this.db.read(actor.scope, (on) => theProduct(on, body.productId));
    demand(actor, 'passes:write', { networkId: product.networkId });
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, product.networkId), async (tx) => {
      if (await this.insert(tx, id, { ...body, product, hash })) await this.grant(tx, id, product.halfDays);
      const pass = await findPass(tx, id);
      if (pass?.requestHash !== hash) {
        throw RequestProblems.idReused('A pass keeps its product and its person: issue another one.');
      }
      return this.view(pass);
    });
  }

  listOwn(actor: Actor): Promise<PassPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const passes = await findPassesOf(on, personId);
      return { items: passes.map((pass) => this.view(pass)), next: null };
    });
  }

  get(actor: Actor, id: string): Promise<PassView> {
    return this.db.read(actor.scope, async (on) => {
      const pass = await findPass(on, id);
      if (!pass || !mayRead(actor, pass)) throw notFound(id);
      return this.view(pass);
    });
  }

  /** Revoked for good; its credentials stop opening doors at once. */
  async revoke(actor: Actor, id: string): Promise<PassView> {
    return this.change(actor, id, 'revoke', async (tx, now) => {
      const revoked = `UPDATE passes.credentials SET revoked_at = $2 WHERE pass_id = $1 AND revoked_at IS NULL`;
      await sql(tx, revoked, [id, now.toString()]);
    });
  }

  pause(actor: Actor, id: string): Promise<PassView> {
    return this.change(actor, id, 'pause');
  }

  resume(actor: Actor, id: string): Promise<PassView> {
    return this.change(actor, id, 'resume');
  }

  /** Writes down what `stateAt` already says. */
  expireDue(): Promise<number> {
    const now = this.clock.now();
    return this.db.tx(namedScope('sweep'), async (tx) => {
      const due = await sql<{ id: string }>(
        tx,
        `SELECT id FROM passes.passes
         WHERE valid_until <= $1 AND state IN ('ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED')
         ORDER BY valid_until LIMIT ${SWEEP_SIZE_MAX} FOR UPDATE SKIP LOCKED`,
        [lastDayOver(now).toString()],
      );
      for (const { id } of due) {
        const pass = await findPass(tx, id);
        if (pass) await changeState(tx, pass, 'expire', { actor: 'system', now });
      }
      return due.length;
    });
  }

  /** Asking again for what a pass already is changes nothing. */
  private async change(
    actor: Actor,
    id: string,
    action: PassAction,
    also?: (tx: Tx, now: Instant) => Promise<void>,
  ): Promise<PassView> {
    const seen = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (!seen || !mayRead(actor, seen)) throw notFound(id);
    demand(actor, 'passes:write', { networkId: seen.networkId });
    return this.db.tx(withNetworks(actor.scope, seen.networkId), async (tx) => {
      const now = this.clock.now();
      const pass = (await lockPass(tx, id)) ?? seen;
      if (ALREADY[action]?.includes(stateAt(pass, now))) return this.view(pass);
      const changed = await changeState(tx, pass, action, { actor: actor.name, now });
      await also?.(tx, now);
      return this.view(changed);
    });
  }

  private async insert(
    tx: Tx,
    id: string,
    order: PutPass & { product: Product; hash: string },
  ): Promise<boolean> {
    const now = this.clock.now();
    const { product, personId, hash } = order;
    const firstDay = dayAt(now, 'UTC');
    const lastDay = firstDay.add({ days: product.validDays - 1 });
    try {
      const rows = await sql(
        tx,
        `INSERT INTO passes.passes (id, network_id, product_id, person_id, product_name, half_days, price_minor,
           price_unit, network_ids, space_ids, resource_kinds, product_class, offline, valid_from, valid_until,
           state, request_hash, created_at)
         SELECT $1::uuid, network_id, id, $3::uuid, name, half_days, price_minor, price_unit, network_ids, space_ids,
                resource_kinds, product_class, offline, $4::date, $5::date, 'ISSUED', $6, $7::timestamptz
         FROM passes.products WHERE id = $2::uuid
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, product.id, personId, firstDay.toString(), lastDay.toString(), hash, now.toString()],
      );
      return rows.length === 1;
    } catch (error) {
      if (!violates(error, 'passes_person_id_fkey')) throw error;
      throw PassProblems.personUnknown('Ask the person to register first.');
    }
  }

  private async grant(tx: Tx, passId: string, halfDays: number): Promise<void> {
    const { sold, available, used } = passAccounts(passId);
    await this.ledger.open(tx, sold, 'pass_sold', 'HALF_DAY', 'none');
    await this.ledger.open(tx, available, 'pass_available', 'HALF_DAY', 'no_overdraft');
    await this.ledger.open(tx, used, 'pass_used', 'HALF_DAY', 'no_overdraft');
    await this.ledger.transfer(tx, {
      id: derivedId(passId, 'grant'),
      debit: sold,
      credit: available,
      amount: amount('HALF_DAY', halfDays),
      reason: 'pass issued',
    });
  }

  private view(pass: Pass): PassView {
    const { requestHash: _hash, createdAt: _at, offline: _offline, productClass: _class, ...facts } = pass;
    const after = pass.validUntil.toString();
    return {
      ...facts,
      state: stateAt(pass, this.clock.now()),
      validFrom: pass.validFrom.toString(),
      validUntil: after,
      price: amountToWire(pass.price),
      scope: pass.scope as PassView['scope'],
      unused: { outcome: 'LAPSE', after, sentence: `Half-days not used by ${after} lapse.` },
    };
  }
}

const ALREADY: Partial<Record<PassAction, readonly Pass['state'][]>> = {
  revoke: ['REVOKED'],
  pause: ['PAUSED'],
  resume: ['ISSUED', 'ACTIVE'],
};

/** The holder, and whoever issues for the network. To everybody else it does not exist. */
export function mayRead(actor: Actor, pass: Pass): boolean {
  return pass.personId === actor.personId || may(actor, 'passes:write', { networkId: pass.networkId });
}

export function notFound(id: string) {
  return PassProblems.notFound(`There is no pass ${id}. Your own are in GET /v1/passes.`);
}
