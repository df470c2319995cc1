/** What other policies would have made of some windows, against what was. Pure: no database, no framework. */
import type { Replayed, WindowReplay } from '../settlement/index.js';
import type { LaboratoryResult } from './laboratory.schema.js';

type Result = LaboratoryResult['parties'][number]['results'][number];
type PolicySums = LaboratoryResult['policies'][number];
const NOTHING: Omit<Result, 'changeMinor'> = {
  netMinor: 0,
  nettingMinor: 0,
  incomeMinor: 0,
  sharesMinor: 0,
  quotaHalfDays: 0,
  beyondHalfDays: 0,
};
type Sums = Map<string, Omit<Result, 'changeMinor'>>;

/** `names` are those of the policies; the first column is how it was. */
export function compare(
  replays: readonly WindowReplay[],
  names: readonly string[],
  nameOf: (partyId: string) => string,
): LaboratoryResult {
  const columns = [
    replays.map(({ asItIs }) => asItIs),
    ...names.map((_, at) => replays.map(({ others }) => others[at]!)),
  ];
  const sums = columns.map(sumsOf);
  const keys = [...new Set(sums.flatMap((of) => [...of.keys()]))];
  const parties = keys.map((key) => {
    const [unit, id] = key.split('/') as [PolicySums['totals'][number]['unit'], string];
    const before = sums[0]!.get(key) ?? NOTHING;
    const results = sums.map((of) => {
      const result = of.get(key) ?? NOTHING;
      return { ...result, changeMinor: result.netMinor - before.netMinor };
    });
    return { party: { id, name: nameOf(id) }, unit, results };
  });
  return {
    windows: replays.map(({ window }) => window),
    reproducesBooks: replays.every(reproduces),
    policies: ['', ...names].map((name, at) => ({
      name,
      totals: totalsOf(columns[at]!),
      winners: countWhere(parties, (party) => party.results[at]!.changeMinor > 0),
      losers: countWhere(parties, (party) => party.results[at]!.changeMinor < 0),
      quotaHalfDays: total([...sums[at]!.values()], ({ quotaHalfDays }) => quotaHalfDays),
      beyondHalfDays: total([...sums[at]!.values()], ({ beyondHalfDays }) => beyondHalfDays),
    })),
    parties: parties.toSorted(
      (a, b) =>
        compareText(a.party.name, b.party.name) ||
        compareText(a.unit, b.unit) ||
        compareText(a.party.id, b.party.id),
    ),
  };
}

/** By `unit/party`. */
function sumsOf(windows: readonly Replayed[]): Sums {
  const sums: Sums = new Map();
  const at = (unit: string, partyId: string) => {
    const key = `${unit}/${partyId}`;
    const found = sums.get(key) ?? { ...NOTHING };
    sums.set(key, found);
    return found;
  };
  for (const { positions, hosts } of windows) {
    for (const { partyId, unit, receives, pays, netting } of positions) {
      const sum = at(unit, partyId);
      sum.netMinor += receives - pays;
      sum.nettingMinor += netting;
    }
    for (const host of hosts) {
      const sum = at(host.unit, host.partyId);
      sum.incomeMinor += host.income;
      sum.sharesMinor += host.shares;
      sum.quotaHalfDays += host.quotaHalfDays;
      sum.beyondHalfDays += host.beyondHalfDays;
    }
  }
  return sums;
}

function totalsOf(windows: readonly Replayed[]): PolicySums['totals'] {
  const totals = new Map<string, PolicySums['totals'][number]>();
  const at = (unit: PolicySums['totals'][number]['unit']) => {
    const found = totals.get(unit) ?? { unit, grossMinor: 0, payments: 0, paymentsMinor: 0 };
    totals.set(unit, found);
    return found;
  };
  for (const { positions, payments } of windows) {
    for (const { unit, receives } of positions) at(unit).grossMinor += receives;
    for (const { unit, payments: count, minor } of payments) {
      at(unit).payments += count;
      at(unit).paymentsMinor += minor;
    }
  }
  return [...totals.values()].toSorted((a, b) => compareText(a.unit, b.unit));
}

function reproduces({ booked, asItIs }: WindowReplay): boolean {
  const text = (positions: Replayed['positions']) =>
    positions
      .map(({ partyId, unit, receives, pays, netting }) => [unit, partyId, receives, pays, netting].join('/'))
      .toSorted()
      .join('\n');
  return text(booked) === text(asItIs.positions);
}

/** A party is better or worse off once, in however many units. */
function countWhere(
  parties: LaboratoryResult['parties'],
  holds: (party: LaboratoryResult['parties'][number]) => boolean,
): number {
  return new Set(parties.filter(holds).map(({ party }) => party.id)).size;
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
