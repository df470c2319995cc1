/**
 * Statistical disclosure control of tables with margins. Thresholds: at least five people in a cell; money of at least
 * three spaces, none of them with 85 % or more (INSEE's rules for tables of businesses). A cell that is blanked takes others
 * with it, so that it cannot be had back by subtracting.
 */
export const PERSONS_MIN = 5;
export const SPACES_MIN = 3;
export const DOMINANCE_BPS = 8_500;
/** The row or the column of a margin. */
export const ALL = '*';

export type Blank = '<5' | 'few_spaces' | 'dominance' | 'difference' | 'complementary';

export type Cell = {
  readonly row: string;
  readonly column: string;
  readonly value: number;
  /** Why it may not be shown by itself. */
  readonly blank: Blank | null;
  /** An earlier release showed it, and it is the same: blanking it now would protect nothing. */
  readonly isKnown?: boolean;
};
type Edge = { readonly from: string; readonly to: string; readonly value: number };

type Counted = {
  readonly persons: number;
  /** Of them, those whose visits an earlier release does not count; null: there was none. */
  readonly newcomers: number | null;
};
type Earned = { readonly spaces: number; readonly topBps: number; readonly newSpaces: number | null };

/** Of people: too few, or too few more than the last release had. */
export function blankOfPeople({ persons, newcomers }: Counted): Blank | null {
  if (persons < PERSONS_MIN) return '<5';
  return newcomers !== null && newcomers > 0 && newcomers < PERSONS_MIN ? 'difference' : null;
}

/** Of spaces' money. */
export function blankOfMoney({ spaces, topBps, newSpaces }: Earned): Blank | null {
  if (topBps >= DOMINANCE_BPS) return 'dominance';
  if (spaces < SPACES_MIN) return 'few_spaces';
  return newSpaces !== null && newSpaces > 0 && newSpaces < SPACES_MIN ? 'difference' : null;
}

export const keyOf = ({ row, column }: Pick<Cell, 'row' | 'column'>): string => `${row}\u0000${column}`;

/**
 * Which cells of a table with margins are blank, and why. Rows and columns are the nodes of a graph and cells its edges; a
 * blank cell can be recomputed exactly when its edge lies on no cycle of blank edges (Gusfield, 1988). Each is put on the
 * cheapest cycle whose other cells are at least as large: then it may be nothing as well as twice what it is. Where there
 * is none, on any cycle.
 */
export function protectTable(cells: readonly Cell[], spare: readonly Edge[] = []): Map<string, Blank> {
  const blanks = new Map(cells.filter(({ blank }) => blank).map((cell) => [keyOf(cell), cell.blank!]));
  // What an earlier release hid for the sake of others lies on a cycle already, and stays hidden.
  const primary = cells
    .filter(({ blank }) => blank && blank !== 'complementary')
    .toSorted((a, b) => b.value - a.value);
  for (const cell of primary) {
    const way =
      cheapestWay(cells, spare, { cell, needs: cell.value }, blanks) ??
      cheapestWay(cells, spare, { cell, needs: 1 }, blanks);
    // Nothing can protect it: then nothing of the table is shown.
    if (!way) return new Map(cells.map((other) => [keyOf(other), other.blank ?? 'complementary']));
    for (const other of way) if (!blanks.has(keyOf(other))) blanks.set(keyOf(other), 'complementary');
  }
  return blanks;
}

/** The same for a list with its total, whose row is `*`. */
export function protectList(cells: readonly Omit<Cell, 'column'>[]): Map<string, Blank> {
  // One equation: each cell hangs on a node of its own, and all of those are tied together by nothing that is shown.
  const table = cells.map((cell) => ({ ...cell, row: LIST, column: cell.row }));
  const spare = table.map(({ column }) => ({ from: columnNode(column), to: SLACK, value: Infinity }));
  const blanks = protectTable(table, spare);
  return new Map(
    cells.flatMap((cell) => {
      const blank = blanks.get(keyOf({ row: LIST, column: cell.row }));
      return blank ? [[cell.row, blank] as const] : [];
    }),
  );
}
const LIST = 'list';
const SLACK = 'slack';
const rowNode = (row: string) => `row ${row}`;
const columnNode = (column: string) => `column ${column}`;

/** Blank cells that follow from what is shown: edges on no cycle. What is known from before counts as shown. */
export function recomputable(cells: readonly Cell[], blanks: ReadonlyMap<string, Blank>): Cell[] {
  const hidden = cells.filter((cell) => blanks.has(keyOf(cell)) && !cell.isKnown);
  return hidden.filter((cell) => {
    const others = hidden.filter((other) => other !== cell);
    return !reaches(others, rowNode(cell.row), columnNode(cell.column));
  });
}

function reaches(cells: readonly Cell[], from: string, to: string): boolean {
  const near = new Map<string, string[]>();
  const link = (a: string, b: string) => near.set(a, [...(near.get(a) ?? []), b]);
  for (const { row, column } of cells) {
    link(rowNode(row), columnNode(column));
    link(columnNode(column), rowNode(row));
  }
  const seen = new Set([from]);
  const next = [from];
  for (let at = next.pop(); at !== undefined; at = next.pop())
    for (const other of near.get(at) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      next.push(other);
    }
  return seen.has(to);
}

/** Dijkstra from the cell's row to its column; what is blank already costs nothing more. */
function cheapestWay(
  cells: readonly Cell[],
  spare: readonly Edge[],
  { cell: of, needs }: { cell: Cell; needs: number },
  blanks: ReadonlyMap<string, Blank>,
): Cell[] | null {
  const usable = cells.filter((cell) => cell !== of && !cell.isKnown && cell.value >= needs);
  const ways = graph(usable, spare, (cell) => (blanks.has(keyOf(cell)) ? 0 : cell.value));
  const [start, goal] = [rowNode(of.row), columnNode(of.column)];
  const best = new Map<string, { cost: number; by: Cell | null; before: string | null }>();
  best.set(start, { cost: 0, by: null, before: null });
  const open = new Set([start]);
  const done = new Set<string>();
  while (open.size > 0) {
    const at = [...open].reduce((a, b) => (best.get(b)!.cost < best.get(a)!.cost ? b : a));
    if (at === goal) return trace(best, goal);
    open.delete(at);
    done.add(at);
    for (const { to, cost, cell } of ways.get(at) ?? []) {
      const total = best.get(at)!.cost + cost;
      if (done.has(to) || total >= (best.get(to)?.cost ?? Infinity)) continue;
      best.set(to, { cost: total, by: cell, before: at });
      open.add(to);
    }
  }
  return null;
}

type Way = { readonly to: string; readonly cost: number; readonly cell: Cell | null };

function graph(
  cells: readonly Cell[],
  spare: readonly Edge[],
  costOf: (cell: Cell) => number,
): Map<string, Way[]> {
  const ways = new Map<string, Way[]>();
  const add = (from: string, way: Way) => {
    const known = ways.get(from);
    if (known) known.push(way);
    else ways.set(from, [way]);
  };
  for (const cell of cells) {
    const [row, column, cost] = [rowNode(cell.row), columnNode(cell.column), costOf(cell)];
    add(row, { to: column, cost, cell });
    add(column, { to: row, cost, cell });
  }
  for (const { from, to } of spare) {
    add(from, { to, cost: 0, cell: null });
    add(to, { to: from, cost: 0, cell: null });
  }
  return ways;
}

function trace(best: ReadonlyMap<string, { by: Cell | null; before: string | null }>, goal: string): Cell[] {
  const way: Cell[] = [];
  for (let at: string | null = goal; at !== null; at = best.get(at)!.before) {
    const { by } = best.get(at)!;
    if (by) way.push(by);
  }
  return way;
}
