import type { OfflinePolicy } from '../kernel/pass-code/credential.js';
import type { Amount, Unit } from '../kernel/money.js';
import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import type { PassScope, PassState } from './pass.rules.js';
import { leftWithin, periodOf, type PauseBy, type ProductKind } from './product.rules.js';

export type Pass = ProductTerms & {
  readonly id: string;
  readonly networkId: string;
  readonly productId: string;
  readonly personId: string;
  readonly productName: string;
  readonly price: Amount;
  readonly scope: PassScope;
  readonly productClass: number;
  readonly offline: OfflinePolicy;
  readonly validFrom: PlainDate;
  /** As bought, or as started; `lastDayOf` counts a pause that goes on. */
  readonly validUntil: PlainDate;
  readonly periods: number;
  readonly periodsClosed: number;
  readonly startedOn: PlainDate | null;
  readonly pausedOn: PlainDate | null;
  readonly pausedBy: PauseBy | null;
  readonly teamName: string | null;
  /** The team's pass that a member takes half-days from. */
  readonly drawnFrom: string | null;
  readonly limitHalfDays: number | null;
  /** The pass that paid for this guest's. */
  readonly guestOf: string | null;
  /** As stored: `stateAt` says what it is now. */
  readonly state: PassState;
  readonly requestHash: string;
  readonly createdAt: Instant;
  /** From the ledger: what each period still has. Of an unlimited pass nothing is counted down. */
  readonly leftOfPeriods: readonly number[];
  readonly usedHalfDays: number;
  readonly heldHalfDays: number;
};

/** The rules that a pass takes over from its product. */
export type ProductTerms = {
  readonly kind: ProductKind;
  readonly halfDays: number;
  readonly validDays: number;
  readonly periodMonths: number | null;
  readonly rollOver: boolean;
  readonly hostCapHalfDays: number | null;
  readonly starts: 'PURCHASE' | 'FIRST_USE';
  readonly sharing: 'PERSONAL' | 'TEAM';
  readonly audience: 'EVERYBODY' | 'PUBLIC_AGENTS';
  readonly guestsPerDay: number;
  readonly pauseDaysPerYear: number;
  readonly pauseExtends: boolean;
};

/** As a product and its passes are read and copied. */
export const TERMS_COLUMNS = `kind, half_days AS "halfDays", valid_days AS "validDays",
  period_months AS "periodMonths", roll_over AS "rollOver", host_cap_half_days AS "hostCapHalfDays", starts, sharing,
  audience, guests_per_day AS "guestsPerDay", pause_days_per_year AS "pauseDaysPerYear",
  pause_extends AS "pauseExtends"`;

type PassRow = ProductTerms & {
  id: string;
  network_id: string;
  product_id: string;
  person_id: string;
  product_name: string;
  price_minor: string;
  price_unit: Unit;
  network_ids: string[];
  space_ids: string[];
  resource_kinds: string[];
  product_class: number;
  offline: OfflinePolicy;
  first_day: string;
  last_day: string;
  periods: number;
  periods_closed: number;
  started: string | null;
  paused: string | null;
  paused_by: PauseBy | null;
  team_name: string | null;
  drawn_from: string | null;
  limit_half_days: number | null;
  guest_of: string | null;
  state: PassState;
  request_hash: string;
  created_at: Parameters<typeof instantFromDate>[0];
};

/** The ledger's accounts of a pass. */
export function passAccounts(passId: string) {
  return {
    sold: derivedId(passId, 'sold'),
    available: derivedId(passId, 'available'),
    used: derivedId(passId, 'used'),
    lapsed: derivedId(passId, 'lapsed'),
  };
}

type Paying = Pick<Pass, 'id' | 'drawnFrom' | 'kind' | 'validFrom' | 'periodMonths' | 'periods'>;

/** What is available in one period. A pass without periods has one account; a member of a team, the team's. */
export function periodAccount({ id, drawnFrom, kind }: Paying, index: number): string {
  return derivedId(drawnFrom ?? id, kind === 'PERIOD' ? `available:${index}` : 'available');
}

/** Where the half-days of a visit are taken from: of an unlimited pass, what it allows at one host in one period. */
export function sourceAccount(pass: Paying, visit: { day: PlainDate; spaceId: string }): string {
  const index = periodOf(pass, visit.day);
  if (pass.kind !== 'UNLIMITED') return periodAccount(pass, index);
  return derivedId(pass.drawnFrom ?? pass.id, `host:${index}:${visit.spaceId}`);
}

/** Every account that half-days wait in. Those at hosts are opened when a host is first visited. */
export function periodAccounts(pass: Paying): string[] {
  if (pass.kind === 'UNLIMITED') return [];
  const count = pass.kind === 'PERIOD' ? pass.periods : 1;
  return Array.from({ length: count }, (_, index) => periodAccount(pass, index));
}

export async function findPass(on: Reader, id: string): Promise<Pass | null> {
  const [pass] = await passesWhere(on, 'id = $1', [id]);
  return pass ?? null;
}

/** Nobody else changes the pass until this transaction ends. */
export async function lockPass(on: Reader, id: string): Promise<Pass | null> {
  await sql(on, 'SELECT FROM passes.passes WHERE id = $1 FOR UPDATE', [id]);
  return findPass(on, id);
}

export function findPassesOf(on: Reader, personId: string): Promise<Pass[]> {
  return passesWhere(on, 'person_id = $1', [personId]);
}

export function findMembers(on: Reader, teamPassId: string): Promise<Pass[]> {
  return passesWhere(on, 'drawn_from = $1', [teamPassId]);
}

/** Newest first is for people who issue; the ids sort by time. */
export async function findIssued(
  on: Reader,
  networkId: string,
  page: { before: string | null; limit: number },
) {
  const found = await passesWhere(
    on,
    `id IN (SELECT id FROM passes.passes WHERE network_id = $1 AND drawn_from IS NULL AND guest_of IS NULL
       AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3)`,
    [networkId, page.before, page.limit],
  );
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

const PACKS_AT_ONCE = 1000;

/** Personal day packs in use or used up, in the order of their ids. */
export async function findDayPacks(on: Reader, after: string): Promise<Pass[]> {
  const packs = await passesWhere(
    on,
    `id IN (SELECT id FROM passes.passes WHERE kind = 'DAYS' AND drawn_from IS NULL AND sharing = 'PERSONAL'
       AND state IN ('ACTIVE', 'EXHAUSTED') AND id > $1 ORDER BY id LIMIT ${PACKS_AT_ONCE})`,
    [after],
  );
  return packs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Soonest expiry first: whoever takes half-days takes those that lapse first. */
async function passesWhere(on: Reader, condition: string, values: unknown[]): Promise<Pass[]> {
  const query = `SELECT *, ${TERMS_COLUMNS}, valid_from::text AS first_day, valid_until::text AS last_day,
      started_on::text AS started, paused_on::text AS paused
    FROM passes.passes WHERE ${condition} ORDER BY valid_until, id`;
  const passes = (await sql<PassRow>(on, query, values)).map(withoutBalance);
  const ids = passes.flatMap((pass) => [...periodAccounts(pass), passAccounts(pass.id).used]);
  const accounts = await balances(on, ids);
  return passes.map((pass) => ({ ...pass, ...counted(pass, accounts) }));
}

type Counted = Pick<Pass, 'leftOfPeriods' | 'usedHalfDays' | 'heldHalfDays'>;
type Balance = {
  readonly left: number;
  readonly debits: number;
  readonly debitsHeld: number;
  readonly credits: number;
  readonly creditsHeld: number;
};
const EMPTY: Balance = { left: 0, debits: 0, debitsHeld: 0, credits: 0, creditsHeld: 0 };

/** A team's pass is used by its members: each has an account of what they used. */
function counted(pass: Omit<Pass, keyof Counted>, accounts: ReadonlyMap<string, Balance>): Counted {
  const of = (id: string) => accounts.get(id) ?? EMPTY;
  const waiting = periodAccounts(pass).map(of);
  const used = of(passAccounts(pass.id).used);
  const isTeams = pass.sharing === 'TEAM' && pass.drawnFrom === null;
  const sum = (key: 'debits' | 'debitsHeld') => waiting.reduce((total, account) => total + account[key], 0);
  return {
    leftOfPeriods: waiting.map(({ left }) => left),
    usedHalfDays: isTeams ? sum('debits') : used.credits,
    heldHalfDays: isTeams ? sum('debitsHeld') : used.creditsHeld,
  };
}

export async function balances(on: Reader, accountIds: readonly string[]): Promise<Map<string, Balance>> {
  const rows = await sql<Balance & { id: string }>(
    on,
    `SELECT id, (credits - debits - debits_held)::int AS left, debits::int AS debits, debits_held::int AS "debitsHeld",
            credits::int AS credits, credits_held::int AS "creditsHeld"
     FROM ledger.pub_accounts WHERE id = ANY ($1::uuid[])`,
    [accountIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function withoutBalance(row: PassRow): Omit<Pass, keyof Counted> {
  return {
    id: row.id,
    networkId: row.network_id,
    productId: row.product_id,
    personId: row.person_id,
    productName: row.product_name,
    ...termsOf(row),
    price: { unit: row.price_unit, minor: BigInt(row.price_minor) },
    scope: { networkIds: row.network_ids, spaceIds: row.space_ids, resourceKinds: row.resource_kinds },
    productClass: row.product_class,
    offline: row.offline,
    validFrom: Temporal.PlainDate.from(row.first_day),
    validUntil: Temporal.PlainDate.from(row.last_day),
    periods: row.periods,
    periodsClosed: row.periods_closed,
    startedOn: row.started === null ? null : Temporal.PlainDate.from(row.started),
    pausedOn: row.paused === null ? null : Temporal.PlainDate.from(row.paused),
    pausedBy: row.paused_by,
    teamName: row.team_name,
    drawnFrom: row.drawn_from,
    limitHalfDays: row.limit_half_days,
    guestOf: row.guest_of,
    state: row.state,
    requestHash: row.request_hash,
    createdAt: instantFromDate(row.created_at),
  };
}

export function termsOf(row: ProductTerms): ProductTerms {
  const { kind, halfDays, validDays, periodMonths, rollOver, hostCapHalfDays } = row;
  const { starts, sharing, audience, guestsPerDay, pauseDaysPerYear, pauseExtends } = row;
  return {
    kind,
    halfDays,
    validDays,
    periodMonths,
    rollOver,
    hostCapHalfDays,
    starts,
    sharing,
    audience,
    guestsPerDay,
    pauseDaysPerYear,
    pauseExtends,
  };
}

/** What is left for a visit on that day, wherever it is; null when nothing is counted down. */
export function leftOn(pass: Pass, day: PlainDate): number | null {
  if (pass.kind === 'UNLIMITED') return null;
  const left = pass.leftOfPeriods[pass.kind === 'PERIOD' ? periodOf(pass, day) : 0] ?? 0;
  return leftWithin(left, pass.limitHalfDays, pass.usedHalfDays + pass.heldHalfDays);
}
