import type { Unit } from '@wire/kernel/money.js';
import type { PairPage } from '@wire/settlement/usage.schema.js';

type Party = { readonly id: string; readonly name: string };
export type Cells = {
  readonly unit: Unit;
  /** All that pay or receive, by name: rows pay, columns receive. */
  readonly parties: readonly Party[];
  readonly minor: readonly (readonly number[])[];
  readonly most: number;
  readonly sum: number;
};

/** The square of a currency: what each party in a row owes each party in a column. */
export function pairCells(pairs: PairPage['items'], unit: Unit): Cells {
  const own = pairs.filter((pair) => pair.unit === unit);
  const byId = new Map(own.flatMap(({ host, debtor }) => [host, debtor]).map((party) => [party.id, party]));
  const parties = [...byId.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  );
  const indexOf = new Map(parties.map(({ id }, index) => [id, index]));
  const minor = parties.map(() => parties.map(() => 0));
  for (const { debtor, host, amountMinor } of own)
    minor[indexOf.get(debtor.id)!]![indexOf.get(host.id)!]! += amountMinor;
  const all = minor.flat();
  return {
    unit,
    parties,
    minor,
    most: Math.max(0, ...all),
    sum: all.reduce((total, amount) => total + amount, 0),
  };
}

/** What each receives less what each pays, in the order of the parties. */
export function netsOf({ parties, minor }: Cells): number[] {
  return parties.map((_, index) => {
    const receives = minor.reduce((sum, row) => sum + row[index]!, 0);
    const pays = minor[index]!.reduce((sum, amount) => sum + amount, 0);
    return receives - pays;
  });
}

const SHARE_MIN = 6;
const SHARE_MAX = 52;

/** How deep a cell is tinted, in percent; 0 stays plain. */
export function heatShare(minor: number, most: number): number {
  return minor === 0 || most === 0 ? 0 : SHARE_MIN + ((SHARE_MAX - SHARE_MIN) * minor) / most;
}
