import { createHash } from 'node:crypto';
import { UNITS, type Unit } from '../kernel/money.js';
import { netPayments } from './net-payments.js';
import { clearingOf, type SettlementProfile } from './window.rules.js';

/** A line as its visit record has it, read again from the record. */
export type RecordedLine = {
  readonly recordId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: Unit;
  readonly minor: bigint;
};
export type ComputedPosition = { receives: bigint; pays: bigint; netting: bigint };
export type ComputedPayment = {
  readonly kind: 'NETTED' | 'GROSS' | 'VAT';
  readonly unit: Unit;
  readonly fromPartyId: string;
  readonly toPartyId: string;
  readonly minor: bigint;
};

export type ComputedCharge = Omit<RecordedLine, 'recordId'> & { readonly kind: string };
type Conversion = {
  readonly fromUnit: Unit;
  readonly toUnit: Unit;
  readonly fromRate: string;
  readonly toRate: string;
};
type Claim = { readonly line: Omit<RecordedLine, 'recordId'>; minor: bigint; waiting: bigint };
type Facts = {
  readonly profileOf: (partyId: string, unit: Unit) => SettlementProfile;
  readonly conversions: readonly Conversion[];
  readonly vatBps: ReadonlyMap<string, number>;
  /** The network that collects and pays, where one does. */
  readonly collector: string | null;
};

/**
 * Settles a window a second time, record by record and without SQL: the independent twin a proof
 * compares the closing with. Lines are added in the order of their record ids.
 */
export class Recomputation {
  private readonly hash = createHash('sha256');
  private readonly claims = new Map<string, Claim>();
  private readonly documents = new Map<string, bigint>();

  constructor(private readonly facts: Facts) {}

  add(line: RecordedLine): void {
    this.hash.update(createHash('sha256').update(lineText(line)).digest());
    this.claim(line).minor += line.minor;
    this.document('INVOICE', line);
  }

  /** A credit is a document of whoever owes it; what only moves money between windows is on none. */
  charge(charge: ComputedCharge): void {
    this.claim(charge).minor += charge.minor;
    if (['RELEASE', 'CARRIED', 'OPENING'].includes(charge.kind)) return;
    this.document(charge.kind === 'CREDIT' ? 'CREDIT_NOTE' : 'INVOICE', charge);
  }

  suspend(line: Omit<RecordedLine, 'recordId'>): void {
    this.claim(line).waiting += line.minor;
  }

  linesHash(): string {
    return this.hash.copy().digest('hex');
  }

  /** By `unit/party`. */
  positions(): Map<string, ComputedPosition> {
    const positions = new Map<string, ComputedPosition>();
    const at = (unit: Unit, partyId: string): ComputedPosition => {
      const key = `${unit}/${partyId}`;
      const position = positions.get(key) ?? { receives: 0n, pays: 0n, netting: 0n };
      positions.set(key, position);
      return position;
    };
    for (const { line, minor } of this.claims.values()) {
      at(line.unit, line.debtorPartyId).pays += minor;
      at(line.unit, line.creditorPartyId).receives += minor;
      if (this.clearing(line) !== 'NETTED' || !isMutual(line)) continue;
      const netted = this.netted(line.unit, minor);
      at(netted.unit, line.debtorPartyId).netting -= netted.minor;
      at(netted.unit, line.creditorPartyId).netting += netted.minor;
    }
    return positions;
  }

  payments(): ComputedPayment[] {
    const open = [...this.claims.values()]
      .filter(({ line }) => isMutual(line))
      .map(({ line, minor, waiting }) => ({ line, minor: minor - waiting, clearing: this.clearing(line) }));
    const gross = open
      .filter(({ minor, clearing }) => minor > 0n && clearing === 'GROSS')
      .map(({ line, minor }) => payment('GROSS', line.unit, line.debtorPartyId, line.creditorPartyId, minor));
    const nets = new Map<Unit, Map<string, bigint>>();
    for (const { line, minor } of open.filter(({ clearing }) => clearing === 'NETTED')) {
      const netted = this.netted(line.unit, minor);
      const ofUnit = nets.get(netted.unit) ?? new Map<string, bigint>();
      nets.set(netted.unit, ofUnit);
      ofUnit.set(line.debtorPartyId, (ofUnit.get(line.debtorPartyId) ?? 0n) - netted.minor);
      ofUnit.set(line.creditorPartyId, (ofUnit.get(line.creditorPartyId) ?? 0n) + netted.minor);
    }
    const netted = [...nets].flatMap(([unit, ofUnit]) => this.clear(unit, ofUnit));
    return [...gross, ...netted, ...this.vatPayments()];
  }

  /** From debtors to creditors; or all of it through the account of the network that collects. */
  private clear(unit: Unit, nets: ReadonlyMap<string, bigint>): ComputedPayment[] {
    const { collector } = this.facts;
    if (collector === null)
      return netPayments([...nets].map(([party, net]) => ({ party, net }))).map(
        ({ debtor, creditor, minor }) => payment('NETTED', unit, debtor, creditor, minor),
      );
    return [...nets]
      .filter(([party, net]) => party !== collector && net !== 0n)
      .map(([party, net]) =>
        net < 0n
          ? payment('NETTED', unit, party, collector, -net)
          : payment('NETTED', unit, collector, party, net),
      );
  }

  /** On each document, half up; an invoice's VAT goes to its issuer, a credit note's comes from them. */
  private vatPayments(): ComputedPayment[] {
    const sums = new Map<string, bigint>();
    for (const [key, net] of this.documents) {
      const [kind, unit, issuer, recipient] = key.split('/') as [string, Unit, string, string];
      const bps = BigInt(this.facts.vatBps.get(issuer) ?? 0);
      const [from, to] = kind === 'INVOICE' ? [recipient, issuer] : [issuer, recipient];
      const pair = `${unit}/${from}/${to}`;
      sums.set(pair, (sums.get(pair) ?? 0n) + (2n * net * bps + BPS) / (2n * BPS));
    }
    return [...sums]
      .filter(([, minor]) => minor > 0n)
      .map(([pair, minor]) => {
        const [unit, from, to] = pair.split('/') as [Unit, string, string];
        return payment('VAT', unit, from, to, minor);
      });
  }

  private claim(line: Omit<RecordedLine, 'recordId'>): Claim {
    const key = [line.unit, line.debtorPartyId, line.creditorPartyId].join('/');
    const claim = this.claims.get(key) ?? { line, minor: 0n, waiting: 0n };
    this.claims.set(key, claim);
    return claim;
  }

  private document(kind: 'INVOICE' | 'CREDIT_NOTE', line: Omit<RecordedLine, 'recordId'>): void {
    if (!isMutual(line) || this.clearing(line) === 'IN_KIND') return;
    const { debtorPartyId, creditorPartyId } = line;
    const sides = kind === 'INVOICE' ? [creditorPartyId, debtorPartyId] : [debtorPartyId, creditorPartyId];
    const key = [kind, line.unit, ...sides].join('/');
    this.documents.set(key, (this.documents.get(key) ?? 0n) + line.minor);
  }

  private netted(unit: Unit, minor: bigint): { unit: Unit; minor: bigint } {
    const conversion = this.facts.conversions.find(({ fromUnit }) => fromUnit === unit);
    if (!conversion) return { unit, minor };
    return { unit: conversion.toUnit, minor: converted(minor, conversion) };
  }

  private clearing({ unit, debtorPartyId, creditorPartyId }: Omit<RecordedLine, 'recordId'>) {
    const { profileOf } = this.facts;
    return clearingOf(unit, profileOf(debtorPartyId, unit), profileOf(creditorPartyId, unit));
  }
}

const BPS = 10_000n;

/** At rates for one euro, rounded half up: 45.000 TND at 3.38 are 13.31 EUR. */
export function converted(minor: bigint, { fromUnit, toUnit, fromRate, toRate }: Conversion): bigint {
  const [from, to] = [decimal(fromRate), decimal(toRate)];
  const numerator = minor * to.digits * 10n ** BigInt(from.scale + UNITS[toUnit].scale);
  const denominator = from.digits * 10n ** BigInt(to.scale + UNITS[fromUnit].scale);
  return (2n * numerator + denominator) / (2n * denominator);
}

function decimal(text: string): { digits: bigint; scale: number } {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** What the hash of a window's lines is made of; src/settlement/closing.queries.ts builds the same text. */
export function lineText({ recordId, debtorPartyId, creditorPartyId, unit, minor }: RecordedLine): string {
  return [recordId, debtorPartyId, creditorPartyId, unit, minor].join('|');
}

/** A visit at home is nobody's debt. */
function isMutual({ debtorPartyId, creditorPartyId }: Omit<RecordedLine, 'recordId'>): boolean {
  return debtorPartyId !== creditorPartyId;
}

function payment(
  kind: ComputedPayment['kind'],
  unit: Unit,
  fromPartyId: string,
  toPartyId: string,
  minor: bigint,
): ComputedPayment {
  return { kind, unit, fromPartyId, toPartyId, minor };
}
