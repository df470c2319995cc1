/**
 * What the observatory measures, as data. V: the sealed visits of the quarter that the network clears, half a day
 * counting 0.5. An indicator whose source does not exist yet says so; it is never 0. A formula that changes gets a new
 * method version, and what was published stays as it was.
 */
type Family = 'ECO' | 'SOC' | 'CUL' | 'ENV' | 'NET';
type Source = 'VISITS' | 'SETTLEMENT' | 'EXIT_SURVEY' | 'DECLARATION' | 'PRIVATE' | 'NONE';

export type Indicator = {
  readonly id: string;
  readonly family: Family;
  readonly name: string;
  readonly formula: string;
  readonly unit: string;
  readonly source: Source;
  readonly method: string;
  readonly note: string | null;
};

const REBOUND =
  'Teleworkers who alternate travel more in all: this is not a saving of the network. Read it beside I-29.';
const DECLARED = 'What spaces declare for the quarter; the latest declaration of each counts.';

type Row = readonly [string, Family, string, string, string, Source, (string | null)?, string?];
const ROWS: readonly Row[] = [
  ['I-01', 'NET', 'Visits', 'Σ half-days of V ÷ 2', 'visit-days', 'VISITS'],
  ['I-02', 'NET', 'Distinct nomads', 'distinct persons of V', 'persons', 'VISITS'],
  [
    'I-03',
    'NET',
    'Origin–destination flow',
    'Σ V by home territory × host territory',
    'relations',
    'VISITS',
    'The figure counts the relations that may be shown; the flows are a table of their own.',
  ],
  [
    'I-04',
    'NET',
    'Transnational share',
    'V with home country ≠ host country ÷ V',
    '%',
    'VISITS',
    'Over the flows that may be shown, so that it tells nothing of the others.',
  ],
  [
    'I-05',
    'NET',
    'Reciprocity balance',
    'median over spaces of |received − sent| ÷ (received + sent)',
    '0–1',
    'VISITS',
  ],
  [
    'I-06',
    'NET',
    'Netting efficiency',
    '1 − Σ payments ÷ Σ claims, per currency',
    '%',
    'SETTLEMENT',
    'Windows closed in the quarter.',
  ],
  ['I-07', 'ECO', 'Occupancy brought by the network', 'Σ V ÷ desk-days on offer', '%', 'NONE'],
  [
    'I-08',
    'ECO',
    'Income to spaces',
    'Σ price of V, net of VAT, per currency',
    'money',
    'VISITS',
    'What hosts earn by sealed visits.',
  ],
  [
    'I-09',
    'ECO',
    'Local spend',
    'mean and median spent outside the space per answer',
    'money',
    'EXIT_SURVEY',
    'No multiplier, and not extrapolated to those who did not answer.',
  ],
  ['I-10', 'ECO', 'Turnover and direct jobs', 'Σ of declarations', 'money, FTE', 'DECLARATION', DECLARED],
  ['I-11', 'ECO', 'Business links', 'contracts and quotes declared', 'count', 'DECLARATION', DECLARED],
  ['I-12', 'ECO', 'Projects born', 'projects of ≥ 2 persons of ≥ 2 spaces', 'count', 'DECLARATION', DECLARED],
  ['I-13', 'ECO', 'Spread of public money', 'HHI = Σ share²', '0–1', 'NONE'],
  ['I-14', 'ECO', 'Uptake of sponsor budget', 'delivered ÷ voted', '%', 'NONE'],
  [
    'I-15',
    'ECO',
    'Cost per attested public-agent day',
    'cost of programmes ÷ attested days',
    'money per day',
    'NONE',
  ],
  ['I-16', 'SOC', 'Encounters', 'count, persons by side', 'count', 'DECLARATION', DECLARED],
  ['I-17', 'SOC', 'Immersion days by direction', 'Σ attested days', 'days', 'NONE'],
  ['I-18', 'SOC', 'Learning outcome', 'stays with both statements ÷ stays', '%', 'NONE'],
  ['I-19', 'SOC', 'Introductions followed', 'introductions with a reply ÷ sent', '%', 'NONE'],
  ['I-20', 'SOC', 'Isolation relief', '"met someone useful": yes ÷ answers', '%', 'EXIT_SURVEY'],
  ['I-21', 'SOC', 'Accessibility', 'spaces with step-free entrance ÷ spaces', '%', 'NONE'],
  ['I-22', 'SOC', 'First-time users of a third place', '"first time": yes ÷ answers', '%', 'EXIT_SURVEY'],
  ['I-23', 'SOC', 'Facilitation taken over by public actors', 'Σ hours', 'h', 'DECLARATION', DECLARED],
  ['I-24', 'CUL', 'Events open to visitors', 'events; attendance', 'count', 'DECLARATION', DECLARED],
  ['I-25', 'CUL', 'Cross initiatives alive', '≥ 2 countries, active in 90 days', 'count', 'NONE'],
  ['I-26', 'CUL', 'Stories published', 'stories published with consent', 'count', 'DECLARATION', DECLARED],
  [
    'I-27',
    'ENV',
    'Avoided commuting',
    'gross Σ max(0, 2·d(office) − 2·d(space)); net without the max',
    'km',
    'EXIT_SURVEY',
    `Only of answers "I would have gone to my office"; negative when the space is further. ${REBOUND}`,
  ],
  [
    'I-28',
    'ENV',
    'CO₂e of commute change',
    'Σ 2·d(space)·f(mode) − 2·d(office)·f(mode)',
    'kg',
    'EXIT_SURVEY',
    `Negative: less was emitted. Without a factor for a mode in a country the answer is missing. ${REBOUND}`,
  ],
  [
    'I-29',
    'ENV',
    'CO₂e of the trips',
    'Σ distance one way × f(mode)',
    'kg',
    'EXIT_SURVEY',
    'Always shown beside I-28.',
  ],
  ['I-30', 'ENV', 'Green travel share', 'train, coach, ferry or carpool ÷ trips told', '%', 'EXIT_SURVEY'],
  ['I-31', 'NET', 'Fragility signal', '0–4', 'score', 'PRIVATE', 'Told to the space and its chapter alone.'],
  ['I-32', 'NET', 'Charter health', 'median self-assessment; renewals on time', '0–5, %', 'NONE'],
  ['I-33', 'NET', 'Data-bank freshness', 'spaces confirmed in 12 months ÷ spaces', '%', 'NONE'],
  ['I-34', 'NET', 'Time to be paid', 'median days from visit to payment', 'days', 'SETTLEMENT'],
];

export const INDICATORS: readonly Indicator[] = ROWS.map(
  ([id, family, name, formula, unit, source, note = null, method = '1.0']) => ({
    id,
    family,
    name,
    formula,
    unit,
    source,
    method,
    note,
  }),
);

/** What a space may declare, by indicator: its measures and their units. */
export const DECLARABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'I-10': { turnover: 'money', jobs: 'FTE' },
  'I-11': { links: 'count' },
  'I-12': { projects: 'count' },
  'I-16': { encounters: 'count' },
  'I-23': { hours: 'h' },
  'I-24': { events: 'count', attendance: 'count' },
  'I-26': { stories: 'count' },
};
