import type { Unit } from '../kernel/money.js';

/** What every fact says: what it is, when it came to be, and where it opens down to. */
type Told = {
  readonly sourceId: string;
  readonly networkId: string;
  readonly windowId: string | null;
  /** The moment it happened, as ISO text that sorts. */
  readonly at: string;
  /** The day it belongs to in the books, if its period is still open. */
  readonly day: string;
  readonly reference: string;
  readonly label: string;
  readonly sourceHash: string | null;
};
type Clearing = 'NETTED' | 'GROSS' | 'IN_KIND';
type Between = { readonly debtorPartyId: string; readonly creditorPartyId: string };
export type Claim = Between & {
  readonly kind: string;
  readonly clearing: Clearing;
  readonly unit: Unit;
  readonly minor: bigint;
};
export type CreditVat = {
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly minor: bigint;
};
/** A claim in the currency it was billed in, and in the one it is netted in. */
export type Conversion = Between & {
  readonly billedUnit: Unit;
  readonly billedMinor: bigint;
  readonly unit: Unit;
  readonly minor: bigint;
};
export type Suspension = Conversion & { readonly clearing: Clearing };
export type Payment = {
  readonly paymentKind: 'NETTED' | 'GROSS' | 'VAT';
  readonly fromPartyId: string;
  readonly toPartyId: string;
  readonly unit: Unit;
  readonly minor: bigint;
};
export type BankMatch = {
  readonly partyId: string;
  readonly isIncoming: boolean;
  readonly unit: Unit;
  readonly minor: bigint;
  readonly lineUnit: Unit;
  readonly lineMinor: bigint;
  readonly expectedMinor: bigint;
};
export type BilledDocument = {
  readonly documentKind: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly vat: bigint;
  /** By reverse charge: the recipient owes it to its own tax office, and deducts it there. */
  readonly selfAssessed: bigint;
  readonly parts: Readonly<Record<string, bigint>>;
};

export type Fact = Told &
  (
    | { readonly kind: 'DOCUMENT'; readonly document: BilledDocument }
    | { readonly kind: 'WINDOW'; readonly claims: readonly Claim[]; readonly creditVat: readonly CreditVat[] }
    | { readonly kind: 'CONVERSION'; readonly conversions: readonly Conversion[] }
    | {
        readonly kind: 'ABORT';
        readonly claims: readonly Claim[];
        readonly creditVat: readonly CreditVat[];
        readonly conversions: readonly Conversion[];
        readonly suspensions: readonly Suspension[];
      }
    | { readonly kind: 'SUSPENSION'; readonly suspension: Suspension }
    | { readonly kind: 'PAYMENT' | 'FAILURE'; readonly payment: Payment }
    | { readonly kind: 'BANK_LINE'; readonly partyId: string; readonly unit: Unit; readonly minor: bigint }
    | { readonly kind: 'MATCH' | 'MATCH_UNDONE'; readonly match: BankMatch }
  );
export type FactKind = Fact['kind'];
