/** From facts to postings: pure. Each fact gives one entry that balances for each party in each currency. */
import type { Unit } from '../kernel/money.js';
import { CHART, type AccountName, type Journal } from './chart.js';
import type {
  BankMatch,
  BilledDocument,
  Claim,
  Conversion,
  CreditVat,
  Fact,
  Payment,
  Suspension,
} from './facts.js';

/** Debits are positive, credits negative. */
export type Posting = {
  readonly partyId: string;
  readonly account: string;
  readonly unit: Unit;
  readonly minor: bigint;
};

type Move = {
  readonly partyId: string;
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly unit: Unit;
  readonly minor: bigint;
};

/** What a kind of charge is for whoever bills it, and for whoever is billed. Visits, unless it is named here. */
const BILLED: Readonly<Record<string, readonly [AccountName, AccountName]>> = {
  FEE: ['feesEarned', 'feesPaid'],
  SOLIDARITY: ['solidarityFund', 'solidarityGiven'],
  DUES: ['duesEarned', 'duesPaid'],
};
const VISITS = ['visitsHosted', 'visitsMade'] as const;

/** What is on no document, and where it comes from. Anything else without a document is an opening balance. */
const UNDOCUMENTED: Readonly<Record<string, AccountName>> = { RELEASE: 'suspense', CARRIED: 'carried' };
const DOCUMENTED = new Set(['VISIT', 'FEE', 'SOLIDARITY', 'DUES', 'CREDIT', 'REBILLED', 'SERVICE']);

export function postingsOf(fact: Fact): Posting[] {
  return posted(movesOf(fact));
}

export function journalOf({ kind }: Pick<Fact, 'kind'>): Journal {
  if (kind === 'DOCUMENT') return 'VT';
  return ['PAYMENT', 'BANK_LINE', 'MATCH', 'MATCH_UNDONE'].includes(kind) ? 'BQ' : 'CO';
}

function movesOf(fact: Fact): Move[] {
  switch (fact.kind) {
    case 'DOCUMENT':
      return documentMoves(fact.document);
    case 'WINDOW':
      return [...fact.claims.flatMap(claimMoves), ...fact.creditVat.flatMap(creditVatMoves)];
    case 'CONVERSION':
      return fact.conversions.flatMap(conversionMoves);
    case 'ABORT':
      return [
        ...fact.claims.flatMap(claimMoves),
        ...fact.creditVat.flatMap(creditVatMoves),
        ...fact.conversions.flatMap(conversionMoves),
        ...fact.suspensions.flatMap(suspensionMoves),
      ].map(turned);
    case 'SUSPENSION':
      return suspensionMoves(fact.suspension);
    case 'PAYMENT':
      return paymentMoves(fact.payment, 'inTransit');
    case 'FAILURE':
      return paymentMoves(fact.payment, 'carried');
    case 'BANK_LINE': {
      const { partyId, unit, minor } = fact;
      return [{ partyId, debit: 'bank', credit: 'unknownBank', unit, minor }];
    }
    case 'MATCH':
      return matchMoves(fact.match);
    case 'MATCH_UNDONE':
      return matchMoves(fact.match).map(turned);
  }
}

/** A credit note is an invoice the other way round. */
function documentMoves(document: BilledDocument): Move[] {
  const { issuerPartyId: issuer, recipientPartyId: recipient, unit } = document;
  const isInvoice = document.documentKind === 'INVOICE';
  const moves = Object.entries(document.parts).flatMap(([kind, minor]): Move[] => {
    const [earned, paid] = BILLED[kind] ?? VISITS;
    return [
      { partyId: issuer, debit: 'receivable', credit: earned, unit, minor },
      { partyId: recipient, debit: paid, credit: 'payable', unit, minor },
    ];
  });
  const vat: Move[] = [
    { partyId: issuer, debit: 'receivable', credit: 'vatCollected', unit, minor: document.vat },
    { partyId: recipient, debit: 'vatDeductible', credit: 'payable', unit, minor: document.vat },
  ];
  const selfAssessed: Move = {
    partyId: recipient,
    debit: 'vatOwedDeductible',
    credit: 'vatOwed',
    unit,
    minor: document.selfAssessed,
  };
  const all = [...moves, ...vat, selfAssessed];
  return isInvoice ? all : all.map(turned);
}

/** Where a claim goes: what is netted to the clearing account, what is gross stays, what is in kind stands apart. */
function claimMoves(claim: Claim): Move[] {
  const { creditorPartyId, debtorPartyId, unit, minor } = claim;
  const to = claimAccounts(claim);
  const from = counterparts(claim);
  const moves: Move[] = [
    { partyId: creditorPartyId, debit: to.creditor, credit: from.creditor, unit, minor },
    { partyId: debtorPartyId, debit: from.debtor, credit: to.debtor, unit, minor },
  ];
  return moves.filter(({ debit, credit }) => debit !== credit);
}

type Sides = { readonly creditor: AccountName; readonly debtor: AccountName };
function claimAccounts({ clearing }: Pick<Claim, 'clearing'>): Sides {
  if (clearing === 'NETTED') return { creditor: 'clearing', debtor: 'clearing' };
  return clearing === 'GROSS'
    ? { creditor: 'receivable', debtor: 'payable' }
    : { creditor: 'dueInKind', debtor: 'owedInKind' };
}

/** A credit was written against the receivable of the host and the payable of its debtor: it is taken from there. */
function counterparts({ kind, clearing }: Claim): Sides {
  if (!DOCUMENTED.has(kind)) {
    const name = UNDOCUMENTED[kind] ?? 'opening';
    return { creditor: name, debtor: name };
  }
  if (clearing === 'IN_KIND') return { creditor: 'inKind', debtor: 'inKind' };
  return kind === 'CREDIT'
    ? { creditor: 'payable', debtor: 'receivable' }
    : { creditor: 'receivable', debtor: 'payable' };
}

/** VAT of a credit note is paid back by its issuer: what was taken from a receivable becomes payable. */
function creditVatMoves({ issuerPartyId, recipientPartyId, unit, minor }: CreditVat): Move[] {
  return [issuerPartyId, recipientPartyId].map((partyId) => ({
    partyId,
    debit: 'receivable',
    credit: 'payable',
    unit,
    minor,
  }));
}

function conversionMoves(one: Conversion): Move[] {
  const creditor: Move[] = [
    exchange(one.creditorPartyId, 'out', one.billedUnit, one.billedMinor),
    exchange(one.creditorPartyId, 'in', one.unit, one.minor),
  ];
  const debtor: Move[] = [
    exchange(one.debtorPartyId, 'in', one.billedUnit, one.billedMinor),
    exchange(one.debtorPartyId, 'out', one.unit, one.minor),
  ];
  return [...creditor, ...debtor];
}

function exchange(partyId: string, way: 'in' | 'out', unit: Unit, minor: bigint): Move {
  return way === 'in'
    ? { partyId, debit: 'clearing', credit: 'conversion', unit, minor }
    : { partyId, debit: 'conversion', credit: 'clearing', unit, minor };
}

/** What waits leaves the account it would be paid from, and stands in suspense in the currency it was billed in. */
function suspensionMoves(one: Suspension): Move[] {
  const { creditor, debtor } = claimAccounts(one);
  const { billedUnit, unit } = one;
  const isConverted = billedUnit !== unit;
  const conversions = isConverted
    ? [
        exchange(one.debtorPartyId, 'in', unit, one.minor),
        exchange(one.debtorPartyId, 'out', billedUnit, one.billedMinor),
        exchange(one.creditorPartyId, 'out', unit, one.minor),
        exchange(one.creditorPartyId, 'in', billedUnit, one.billedMinor),
      ]
    : [];
  const waits = { unit: billedUnit, minor: one.billedMinor };
  return [
    ...conversions,
    { partyId: one.debtorPartyId, debit: debtor, credit: 'suspense', ...waits },
    { partyId: one.creditorPartyId, debit: 'suspense', credit: creditor, ...waits },
  ];
}

/** To the bank's way, or on to the next window. */
function paymentMoves(payment: Payment, by: 'inTransit' | 'carried'): Move[] {
  const { unit, minor } = payment;
  const isNetted = payment.paymentKind === 'NETTED';
  const { creditor, debtor } = claimAccounts({ clearing: isNetted ? 'NETTED' : 'GROSS' });
  return [
    { partyId: payment.fromPartyId, debit: debtor, credit: by, unit, minor },
    { partyId: payment.toPartyId, debit: by, credit: creditor, unit, minor },
  ];
}

/**
 * What the bank line is, now that it is known. In another currency than the payment, the window's rate says what the
 * line should have been; what it is more or less is a gain or a loss.
 */
function matchMoves(match: BankMatch): Move[] {
  const { partyId, unit, minor, lineUnit, lineMinor, expectedMinor, isIncoming } = match;
  const whenIncoming: Move[] =
    unit === lineUnit
      ? [{ partyId, debit: 'unknownBank', credit: 'inTransit', unit, minor }]
      : [
          { partyId, debit: 'unknownBank', credit: 'conversion', unit: lineUnit, minor: expectedMinor },
          { partyId, debit: 'conversion', credit: 'inTransit', unit, minor },
        ];
  const difference = unit === lineUnit ? 0n : lineMinor - expectedMinor;
  const isGain = isIncoming ? difference > 0n : difference < 0n;
  const exchanged: Move = {
    partyId,
    debit: 'unknownBank',
    credit: isGain ? 'fxGain' : 'fxLoss',
    unit: lineUnit,
    minor: difference,
  };
  const moves = [...whenIncoming, exchanged];
  return isIncoming ? moves : moves.map(turned);
}

function turned({ debit, credit, ...move }: Move): Move {
  return { ...move, debit: credit, credit: debit };
}

/** One posting for each party, account and unit; what comes to nothing is not posted. */
function posted(moves: readonly Move[]): Posting[] {
  const sums = new Map<string, Posting>();
  const add = (partyId: string, name: AccountName, unit: Unit, minor: bigint): void => {
    const account = CHART[name].number;
    const key = [partyId, account, unit].join('|');
    sums.set(key, { partyId, account, unit, minor: (sums.get(key)?.minor ?? 0n) + minor });
  };
  for (const { partyId, debit, credit, unit, minor } of moves) {
    add(partyId, debit, unit, minor);
    add(partyId, credit, unit, -minor);
  }
  return [...sums.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, posting]) => posting)
    .filter(({ minor }) => minor !== 0n);
}
