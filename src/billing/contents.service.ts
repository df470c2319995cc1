import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { invariant } from '../kernel/problem.js';
import type { Amount, Unit } from '../kernel/money.js';
import type { Language } from '../kernel/wire.js';
import { Temporal } from '../kernel/time.js';
import type { Tx } from '../platform/db.js';
import { decideVat, Vat, type VatDecision, type VatInputs } from '../vat/index.js';
import {
  contentOf,
  contentOfDays,
  contentWithin,
  type DecidedVat,
  type DocumentContent,
  type ProgrammeDays,
} from './document-content.js';
import type { DocumentCharge, DocumentLine } from './document.schema.js';
import type { TypeCode } from './en16931/e-invoice.js';
import { agreementOn, partyOnPaper } from './parties.queries.js';

const DUE_DAYS = 30;

export type WindowDocument = {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly vat: { readonly bps: number };
  readonly lines: readonly DocumentLine[];
  readonly charges: readonly DocumentCharge[];
  readonly refersTo?: string;
};

/** A pass or a visit, sold by a network to a person. */
export type ReceiptOrder = {
  readonly id: string;
  readonly networkId: string;
  readonly personId: string;
  readonly personName: string;
  readonly language: Language;
  readonly title: string;
  readonly gross: Amount;
  /** A pass, whose VAT was frozen at issue, or a visit, whose VAT is decided by these. */
  readonly of: { readonly passId: string } | { readonly inputs: VatInputs };
};

/** A month of a sponsor programme, by place. */
export type ProgrammeOrder = ProgrammeDays & {
  readonly networkId: string;
  readonly sponsorId: string;
  readonly unit: Unit;
  readonly orderNumber: string;
  readonly serviceCode: string;
  readonly siret: string;
};

/** ISO 6523: SIRET. */
const SIRET_SCHEME = '0009';

export type Written = {
  readonly content: DocumentContent;
  readonly vat: DecidedVat;
  readonly acceptanceDays: number | null;
};

/** What a document of a window says, from how its parties stood on the day it is issued. */
@Injectable()
export class Contents {
  constructor(
    private readonly directory: Directory,
    private readonly vat: Vat,
  ) {}

  async ofWindow(tx: Tx, order: WindowDocument, day: string): Promise<Written> {
    const seller = await this.onPaper(tx, order.issuerPartyId, day);
    const buyer = await this.onPaper(tx, order.recipientPartyId, day);
    const agreement = await agreementOn(tx, order.issuerPartyId, day);
    const inputs = {
      day,
      supplier: await this.vat.supplier(tx, order.issuerPartyId, day),
      customer: {
        kind: buyer.entity?.isPublicBody ? ('PUBLIC_BODY' as const) : ('BUSINESS' as const),
        country: buyer.party.country,
      },
      resourceKind: 'hot_desk' as const,
    };
    const vat = { inputs, decision: byTheNetworksRule(decideVat(inputs), order.vat.bps) };
    const credits = order.charges.flatMap(({ refersTo }) => refersTo ?? []);
    const content = contentOf(
      {
        typeCode: typeCode(order.kind, agreement !== null),
        issueDay: day,
        dueDay: Temporal.PlainDate.from(day).add({ days: DUE_DAYS }).toString(),
        unit: order.unit,
        language: seller.language,
        seller: seller.party,
        buyer: buyer.party,
        buyerReference: buyer.entity?.buyerReference ?? null,
        orderNumber: buyer.entity?.orderNumber ?? null,
        refersTo: order.refersTo ? [order.refersTo] : [...new Set(credits)],
        vat,
        selfBilled: agreement !== null,
      },
      order.lines,
      order.charges,
    );
    return { content, vat, acceptanceDays: agreement?.acceptanceDays ?? null };
  }

  /** The VAT of a sale is what the pass was frozen as. */
  async ofSale(tx: Tx, order: ReceiptOrder, day: string): Promise<Pick<Written, 'content' | 'vat'>> {
    const seller = await this.onPaper(tx, order.networkId, day);
    const vat = await this.vatOf(tx, order.of);
    const buyer = {
      name: order.personName,
      street: null,
      postcode: null,
      city: null,
      country: vat.decision.country,
      email: null,
      vatNumber: null,
      taxNumber: null,
      registration: null,
      endpoint: null,
    };
    const content = contentWithin(
      {
        typeCode: '380',
        issueDay: day,
        dueDay: day,
        unit: order.gross.unit,
        language: order.language,
        seller: seller.party,
        buyer,
        buyerReference: null,
        orderNumber: null,
        refersTo: [],
        vat,
        selfBilled: false,
      },
      { name: order.title, grossMinor: Number(order.gross.minor) },
    );
    return { content, vat };
  }

  /** Days of a programme, at the price that contains no VAT: the sponsor is a public body. */
  async ofProgramme(tx: Tx, order: ProgrammeOrder, day: string): Promise<Pick<Written, 'content' | 'vat'>> {
    const seller = await this.onPaper(tx, order.networkId, day);
    const buyer = await this.onPaper(tx, order.sponsorId, day);
    const supplier = await this.vat.supplier(tx, order.networkId, day);
    const customer = { kind: 'PUBLIC_BODY' as const, country: buyer.party.country };
    const inputs = { day, supplier, customer, resourceKind: 'hot_desk' as const };
    const vat = { inputs, decision: decideVat(inputs) };
    const registration = { id: order.siret, scheme: SIRET_SCHEME };
    const content = contentOfDays(
      {
        typeCode: '380',
        issueDay: day,
        dueDay: Temporal.PlainDate.from(day).add({ days: DUE_DAYS }).toString(),
        unit: order.unit,
        language: seller.language,
        seller: seller.party,
        buyer: { ...buyer.party, registration },
        buyerReference: order.serviceCode,
        orderNumber: order.orderNumber,
        refersTo: [],
        vat,
        selfBilled: false,
      },
      order,
    );
    return { content, vat };
  }

  /** As the receipt has it, of the amount that went back. */
  ofCredit(
    receipt: { readonly number: string; readonly content: DocumentContent; readonly vat: DecidedVat },
    gross: Amount,
    day: string,
  ): Pick<Written, 'content' | 'vat'> {
    const { language, seller, buyer, lines } = receipt.content;
    const content = contentWithin(
      {
        typeCode: typeCode('CREDIT_NOTE', false),
        issueDay: day,
        dueDay: day,
        unit: gross.unit,
        language,
        seller,
        buyer,
        buyerReference: null,
        orderNumber: null,
        refersTo: [receipt.number],
        vat: receipt.vat,
        selfBilled: false,
      },
      { name: lines[0]!.name, grossMinor: Number(gross.minor) },
    );
    return { content, vat: receipt.vat };
  }

  private async vatOf(tx: Tx, of: ReceiptOrder['of']): Promise<DecidedVat> {
    return 'inputs' in of
      ? { inputs: of.inputs, decision: decideVat(of.inputs) }
      : { inputs: null, decision: await this.vat.saleOf(tx, of.passId) };
  }

  private async onPaper(tx: Tx, partyId: string, day: string) {
    const party = await this.directory.party(tx, partyId);
    const declared = await this.vat.declared(tx, partyId, day);
    return partyOnPaper(tx, party, { day, vatNumber: declared?.vatNumber ?? null });
  }
}

export function typeCode(kind: 'INVOICE' | 'CREDIT_NOTE' | 'RECEIPT', selfBilled: boolean): TypeCode {
  if (kind === 'CREDIT_NOTE') return selfBilled ? '261' : '381';
  return selfBilled ? '389' : '380';
}

/**
 * The treasurer's rules say who charges VAT within a network, and money has moved by them: they come before the
 * table. What the table says of an exemption stands where no VAT was charged.
 */
function byTheNetworksRule(decision: VatDecision, bps: number): VatDecision {
  invariant(bps >= 0, 'a rate is not negative');
  if (bps > 0 && decision.rateBps === bps) return decision;
  const rule = {
    rule: 'network.party_rules',
    ref: 'The VAT mode that the network has on file for the issuer',
  };
  if (bps > 0)
    return {
      country: decision.country,
      category: 'S',
      rateBps: bps,
      mention: null,
      why: [...decision.why, rule],
    };
  if (decision.category !== 'S') return decision;
  const reverse = { rule: 'mention.reverse_charge', ref: 'Directive 2006/112/EC, arts 194 and 196' };
  return {
    country: decision.country,
    category: 'AE',
    rateBps: 0,
    mention: 'REVERSE_CHARGE',
    why: [...decision.why, rule, reverse],
  };
}
