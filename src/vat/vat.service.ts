import { Injectable } from '@nestjs/common';
import type { Amount } from '../kernel/money.js';
import { invariant } from '../kernel/problem.js';
import type { PlainDate } from '../kernel/time.js';
import type { ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { UNION } from './rates.data.js';
import { taxWithin, decideVat, type VatDecision, type VatInputs, type VatStatus } from './vat.rules.js';
import {
  standpoint,
  standpointsInScope,
  statusOn,
  voucherOf,
  type NewVatEvent,
  type Standpoint,
} from './vat.queries.js';
import { decideVoucher, unitsPrice, type VoucherInputs } from './voucher.rules.js';

export type SoldPass = {
  readonly passId: string;
  readonly networkId: string;
  readonly personId: string;
  readonly price: Amount;
  /** All of them, over all periods; 0 when it is unlimited. */
  readonly halfDays: number;
  readonly scope: {
    readonly networkIds: readonly string[];
    readonly spaceIds: readonly string[];
    readonly resourceKinds: readonly ResourceKind[];
  };
  readonly day: PlainDate;
};

export type Redemption = {
  readonly passId: string;
  readonly recordId: string;
  readonly spaceId: string;
  readonly hostNetworkId: string;
  readonly resourceKind: ResourceKind;
  readonly halfDays: number;
  readonly day: string;
};

/** What other modules ask: which VAT a supply has, what a pass is for it, and when it falls due. */
@Injectable()
export class Vat {
  constructor(private readonly clock: Clock) {}

  /** The VAT of selling a pass: what it was frozen with, or none until it is used. */
  async saleOf(on: Reader, passId: string): Promise<VatDecision> {
    const voucher = await voucherOf(on, passId);
    invariant(voucher !== null, 'a pass that is sold was frozen for VAT at issue');
    const atSale = voucher.decision.atSale;
    if (atSale) return atSale;
    const seller = await standpoint(on, voucher.networkId, voucher.decidedAt.slice(0, 10));
    return {
      country: seller!.country,
      category: 'O',
      rateBps: 0,
      mention: 'VOUCHER_SALE',
      why: [{ rule: 'voucher.multi_purpose', ref: voucher.decision.ref }],
    };
  }

  /** How a party is taxed on a day. Without a declaration: as everybody in its country. */
  async supplier(on: Reader, partyId: string, day: string): Promise<VatInputs['supplier']> {
    const found = await standpoint(on, partyId, day);
    invariant(found !== null, 'whoever supplies is a party');
    return supplierOf(found);
  }

  /** The number and the status that a party declared, as they were on that day. */
  async declared(
    on: Reader,
    partyId: string,
    day: string,
  ): Promise<{ vatNumber: string | null; status: VatStatus } | null> {
    return statusOn(on, partyId, day);
  }

  /** Decides what a pass is, once, in the transaction that issues it; with VAT at sale, that VAT falls due. */
  async freeze(tx: Tx, pass: SoldPass): Promise<void> {
    const day = pass.day.toString();
    const spaces = await standpointsInScope(tx, pass.scope, day);
    const seller = await this.supplier(tx, pass.networkId, day);
    const inputs: VoucherInputs = {
      day,
      sellerCountry: seller.country,
      sellerStatus: seller.status,
      halfDays: pass.halfDays,
      resourceKinds: pass.scope.resourceKinds,
      spaces: spaces.map((space) => ({ spaceId: space.id, ...supplierOf(space) })),
    };
    const decision = decideVoucher(inputs);
    const frozen = await sql(
      tx,
      `INSERT INTO vat.vouchers (pass_id, network_id, person_id, character, price_minor, price_unit, half_days, inputs,
         decision, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10) ON CONFLICT DO NOTHING RETURNING pass_id`,
      [
        pass.passId,
        pass.networkId,
        pass.personId,
        decision.character,
        pass.price.minor,
        pass.price.unit,
        pass.halfDays,
        JSON.stringify(inputs),
        JSON.stringify(decision),
        this.clock.now().toString(),
      ],
    );
    if (frozen.length === 0 || !decision.atSale || pass.price.minor === 0n) return;
    await this.write(tx, {
      kind: 'SALE',
      passId: pass.passId,
      recordId: null,
      networkId: pass.networkId,
      hostNetworkId: pass.networkId,
      supplierId: pass.networkId,
      personId: pass.personId,
      day,
      halfDays: pass.halfDays,
      inputs: {
        day,
        supplier: { ...seller, country: decision.atSale.country },
        customer: { kind: 'CONSUMER', country: decision.atSale.country },
        resourceKind: pass.scope.resourceKinds[0]!,
      },
      decision: decision.atSale,
      ...taxedGross(pass.price, decision.atSale.rateBps),
    });
  }

  /**
   * The supply that a visit is, at the price paid per half-day (art. 73a). Only of a multi-purpose voucher: of the
   * others VAT was due at sale. The same record again changes nothing.
   */
  async redeem(tx: Tx, visit: Redemption): Promise<void> {
    const voucher = await voucherOf(tx, visit.passId);
    if (!voucher || voucher.character !== 'MULTI_PURPOSE') return;
    const [known] = await sql(tx, 'SELECT id FROM vat.events WHERE record_id = $1', [visit.recordId]);
    if (known) return;
    const [counted] = await sql<{ before: number }>(
      tx,
      `UPDATE vat.vouchers SET redeemed_half_days = redeemed_half_days + $2
       WHERE pass_id = $1 RETURNING redeemed_half_days - $2 AS before`,
      [visit.passId, visit.halfDays],
    );
    const before = Math.min(counted!.before, voucher.halfDays);
    const taken = Math.min(visit.halfDays, voucher.halfDays - before);
    const supplier = await this.supplier(tx, visit.spaceId, visit.day);
    const inputs: VatInputs = {
      day: visit.day,
      supplier,
      customer: { kind: 'CONSUMER', country: supplier.country },
      resourceKind: visit.resourceKind,
    };
    const decision = decideVat(inputs);
    const gross = {
      unit: voucher.priceUnit,
      minor: unitsPrice(voucher.priceMinor, voucher.halfDays, before, taken),
    };
    await this.write(tx, {
      kind: 'REDEMPTION',
      passId: visit.passId,
      recordId: visit.recordId,
      networkId: voucher.networkId,
      hostNetworkId: visit.hostNetworkId,
      supplierId: visit.spaceId,
      personId: voucher.personId,
      day: visit.day,
      halfDays: taken,
      inputs,
      decision,
      ...taxedGross(gross, decision.rateBps),
    });
  }

  private async write(tx: Tx, event: Omit<NewVatEvent, 'id' | 'createdAt'>): Promise<void> {
    await sql(
      tx,
      `INSERT INTO vat.events (id, kind, pass_id, record_id, network_id, host_network_id, supplier_id, person_id, day,
         half_days, unit, gross_minor, net_minor, vat_minor, inputs, decision, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16::jsonb, $17)`,
      [
        derivedId(event.recordId ?? event.passId, `vat/${event.kind}`),
        event.kind,
        event.passId,
        event.recordId,
        event.networkId,
        event.hostNetworkId,
        event.supplierId,
        event.personId,
        event.day,
        event.halfDays,
        event.unit,
        event.grossMinor,
        event.netMinor,
        event.vatMinor,
        JSON.stringify(event.inputs),
        JSON.stringify(event.decision),
        this.clock.now().toString(),
      ],
    );
  }
}

function taxedGross({ unit, minor }: Amount, rateBps: number) {
  return { grossMinor: minor, ...taxWithin(unit, minor, rateBps) };
}

/** Whoever declared nothing is taxed as everybody in its country, in the Union and where we know a rate. */
export function supplierOf({ country, territoryCode, status }: Standpoint): VatInputs['supplier'] {
  return { country, territoryCode, status: status ?? (UNION.has(country) ? 'STANDARD' : 'NON_EU') };
}
