import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import type { Amount, Unit } from '../kernel/money.js';
import { dayAt } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { PromotionProblems } from './payment.problems.js';
import { discountOf } from './payment.rules.js';
import type { PromotionCodeView, PutPromotionCode } from './payment.schema.js';

type Row = Omit<PromotionCodeView, 'amount'> & {
  amountMinor: string | null;
  unit: Unit | null;
  requestHash: string;
};
export type Taken = { readonly promotionCodeId: string | null; readonly discount: Amount };

/** Codes that lower a price: of the network itself, or of a sponsor who pays the rest. */
@Injectable()
export class Promotions {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutPromotionCode): Promise<PromotionCodeView> {
    demand(actor, 'payments:write', { networkId: body.networkId });
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, body.networkId), async (tx) => {
      try {
        await this.insert(tx, id, { ...body, hash });
      } catch (error) {
        if (!violates(error, 'promotion_codes_network_id_code_key')) throw error;
        throw PromotionProblems.taken('Choose another word for the code.');
      }
      const [row] = await sql<Row>(tx, `${SELECT} WHERE id = $1`, [id]);
      if (row?.requestHash !== hash)
        throw RequestProblems.idReused('A code stays as it is: make another one.');
      return view(row);
    });
  }

  async list(actor: Actor, networkId: string): Promise<{ items: PromotionCodeView[]; next: null }> {
    demand(actor, 'payments:read', { networkId });
    const rows = await this.db.read(withNetworks(actor.scope, networkId), (on) =>
      sql<Row>(on, `${SELECT} WHERE network_id = $1 ORDER BY id DESC LIMIT 200`, [networkId]),
    );
    return { items: rows.map(view), next: null };
  }

  /** One use less, in the transaction of the purchase: the check on the row keeps the last one from being taken twice. */
  async take(tx: Tx, code: string | undefined, price: Amount, networkId: string): Promise<Taken> {
    const nothing = { unit: price.unit, minor: 0n };
    if (code === undefined) return { promotionCodeId: null, discount: nothing };
    const row = await this.find(tx, networkId, code);
    const today = dayAt(this.clock.now(), 'UTC').toString();
    const amount = row.unit === null ? null : { unit: row.unit, minor: BigInt(row.amountMinor!) };
    const discount = discountOf(price, { percent: row.percent, amount });
    if (!discount || row.validUntil < today) throw unusable();
    try {
      await sql(tx, 'UPDATE payments.promotion_codes SET uses = uses + 1 WHERE id = $1', [row.id]);
    } catch (error) {
      if (!violates(error, 'promotion_has_uses')) throw error;
      throw unusable();
    }
    return { promotionCodeId: row.id, discount };
  }

  private async find(on: Reader, networkId: string, code: string): Promise<Row> {
    const [row] = await sql<Row>(on, `${SELECT} WHERE network_id = $1 AND code = $2`, [networkId, code]);
    if (!row) throw PromotionProblems.notFound('Look at the code again: this network has no such one.');
    return row;
  }

  private async insert(tx: Tx, id: string, body: PutPromotionCode & { hash: string }): Promise<void> {
    await sql(
      tx,
      `INSERT INTO payments.promotion_codes (id, network_id, code, percent, amount_minor, unit, sponsor_id, uses_max,
         valid_until, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
      [
        id,
        body.networkId,
        body.code,
        body.percent,
        body.amount?.minor ?? null,
        body.amount?.unit ?? null,
        body.sponsorId,
        body.usesMax,
        body.validUntil.toString(),
        body.hash,
        this.clock.now().toString(),
      ],
    );
  }
}

const SELECT = `SELECT id, network_id AS "networkId", code, percent, amount_minor AS "amountMinor", unit,
    sponsor_id AS "sponsorId", uses, uses_max AS "usesMax", valid_until::text AS "validUntil",
    request_hash AS "requestHash"
  FROM payments.promotion_codes`;

function view({ amountMinor, unit, requestHash: _hash, ...row }: Row): PromotionCodeView {
  return { ...row, amount: unit === null ? null : amountToWire({ unit, minor: BigInt(amountMinor!) }) };
}

function unusable() {
  return PromotionProblems.unusable('It is used up, over, or for another currency. Buy without it.');
}
