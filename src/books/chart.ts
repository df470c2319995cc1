/**
 * The chart of accounts, as data: numbers of the French plan comptable général (FEC), and the path an account has in
 * hledger and beancount. Each party of a clearing network has each of them.
 */
type Account = {
  /** Six digits; the first is the class of the plan. */
  readonly number: string;
  readonly label: string;
  readonly labelFr: string;
  readonly path: `${'Assets' | 'Liabilities' | 'Equity' | 'Income' | 'Expenses'}:${string}`;
  /** Kept by facts alone, so that it agrees with what they came from: nobody corrects it by hand. */
  readonly isControlled: boolean;
};

const account = (
  number: string,
  label: string,
  labelFr: string,
  path: Account['path'],
  isControlled = false,
): Account => ({ number, label, labelFr, path, isControlled });

export const CHART = {
  result: account('120000', 'Result of earlier years', 'Résultat antérieur', 'Equity:Result'),
  solidarityFund: account('194000', 'Solidarity fund', 'Fonds de solidarité', 'Liabilities:SolidarityFund'),
  payable: account('401000', 'Payable', 'Fournisseurs', 'Liabilities:Payable', true),
  receivable: account('411000', 'Receivable', 'Clients', 'Assets:Receivable', true),
  vatOwed: account(
    '445200',
    'VAT self-assessed',
    'TVA due intracommunautaire',
    'Liabilities:VatSelfAssessed',
  ),
  vatDeductible: account('445660', 'VAT deductible', 'TVA déductible', 'Assets:VatDeductible'),
  vatOwedDeductible: account(
    '445662',
    'VAT self-assessed, deductible',
    'TVA déductible intracommunautaire',
    'Assets:VatSelfAssessed',
  ),
  vatCollected: account('445710', 'VAT collected', 'TVA collectée', 'Liabilities:VatCollected'),
  clearing: account('467000', 'Clearing', 'Compte de compensation', 'Assets:Clearing', true),
  carried: account('467400', 'Carried on', 'Impayés reportés', 'Assets:Carried', true),
  unknownBank: account('471000', 'Bank lines not matched', 'Attente banque', 'Assets:UnknownBank', true),
  suspense: account('471800', 'Disputed, in suspense', 'Litiges en attente', 'Assets:Suspense', true),
  conversion: account('478500', 'Currency conversion', 'Conversion de devises', 'Equity:Conversion'),
  bank: account('512000', 'Bank', 'Banque', 'Assets:Bank', true),
  inTransit: account('580000', 'Payments in transit', 'Virements en cours', 'Assets:InTransit', true),
  visitsMade: account('611000', 'Visits elsewhere', 'Visites à l’extérieur', 'Expenses:Visits'),
  feesPaid: account('622800', 'Network fee', 'Frais de réseau', 'Expenses:NetworkFee'),
  duesPaid: account('628100', 'Dues', 'Cotisations versées', 'Expenses:Dues'),
  solidarityGiven: account('657000', 'Solidarity share', 'Part de solidarité', 'Expenses:Solidarity'),
  roundingLoss: account('658000', 'Rounding', 'Écarts d’arrondi', 'Expenses:Rounding'),
  fxLoss: account('666000', 'Exchange losses', 'Pertes de change', 'Expenses:FxLosses'),
  visitsHosted: account('706100', 'Visits hosted', 'Accueil de visiteurs', 'Income:Visits'),
  feesEarned: account('706200', 'Network fee earned', 'Frais de réseau perçus', 'Income:NetworkFee'),
  duesEarned: account('756000', 'Dues earned', 'Cotisations', 'Income:Dues'),
  roundingGain: account('758000', 'Rounding gained', 'Arrondis en gain', 'Income:Rounding'),
  fxGain: account('766000', 'Exchange gains', 'Gains de change', 'Income:FxGains'),
  owedInKind: account('801000', 'Owed in kind', 'Engagements donnés en nature', 'Liabilities:InKind', true),
  dueInKind: account('802000', 'Due in kind', 'Engagements reçus en nature', 'Assets:InKind', true),
  inKind: account('809000', 'In kind, counterpart', 'Contrepartie en nature', 'Equity:InKind', true),
  opening: account('890000', 'Opening balance', 'Bilan d’ouverture', 'Equity:Opening'),
} as const;
export type AccountName = keyof typeof CHART;

export const accountsByNumber: ReadonlyMap<string, Account> = new Map(
  Object.values(CHART).map((one) => [one.number, one]),
);

/** What a party is owed less what it owes, as the ledger of transfers keeps it in one account. */
export const PARTY_ACCOUNTS = [
  CHART.receivable,
  CHART.payable,
  CHART.clearing,
  CHART.owedInKind,
  CHART.dueInKind,
].map(({ number }) => number);

/** Journals, with their French names in the FEC. */
export const JOURNALS = {
  VT: 'Documents',
  CO: 'Compensation',
  BQ: 'Banque',
  OD: 'Opérations diverses',
  AN: 'À nouveaux',
} as const;
export type Journal = keyof typeof JOURNALS;
