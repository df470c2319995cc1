import fc from 'fast-check';
import {
  ALL,
  blankOfMoney,
  blankOfPeople,
  keyOf,
  protectList,
  protectTable,
  recomputable,
  type Blank,
  type Cell,
} from './disclosure.rules.js';

/** Rows of inner cells, null where nobody went; with its margins. */
function withMargins(rows: readonly (readonly (number | null)[])[]): Cell[] {
  const inner = rows.flatMap((columns, row) =>
    columns.flatMap((value, column) =>
      value === null ? [] : [{ row: `r${row}`, column: `c${column}`, value }],
    ),
  );
  const sums = new Map<string, { row: string; column: string; value: number }>();
  for (const { row, column, value } of inner)
    for (const at of [
      { row, column: ALL },
      { row: ALL, column },
      { row: ALL, column: ALL },
    ])
      sums.set(keyOf(at), { ...at, value: (sums.get(keyOf(at))?.value ?? 0) + value });
  // One person a unit: few units are few people.
  return [...inner, ...sums.values()].map((cell) => ({
    ...cell,
    blank: blankOfPeople({ persons: cell.value, newcomers: null }),
  }));
}

const tables = fc
  .array(fc.array(fc.option(fc.integer({ min: 1, max: 30 }), { freq: 3 }), { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map(withMargins)
  .filter((cells) => cells.length > 0);

/**
 * The attack: every published number and every margin is an equation over the blank cells. Gauss over a large prime field;
 * a cell is found out when some combination of the equations holds it alone.
 */
function foundOut(cells: readonly Cell[], blanks: ReadonlyMap<string, Blank>): string[] {
  const hidden = cells.filter((cell) => blanks.has(keyOf(cell))).map(keyOf);
  const sides = new Set(cells.flatMap(({ row, column }) => [`row ${row}`, `column ${column}`]));
  const rows = [...sides].map((side) =>
    hidden.map((key) => {
      const [row, column] = key.split('\u0000') as [string, string];
      if (side === `row ${row}`) return column === ALL ? P - 1n : 1n;
      if (side === `column ${column}`) return row === ALL ? P - 1n : 1n;
      return 0n;
    }),
  );
  const solved = eliminated(rows, hidden.length);
  return hidden.filter((_, at) =>
    solved.some((row) => row.every((value, column) => (value === 0n) === (column !== at))),
  );
}
const P = 2n ** 61n - 1n;
const mod = (value: bigint) => ((value % P) + P) % P;
const inverse = (value: bigint): bigint => {
  let [result, base, power] = [1n, value, P - 2n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
};
function eliminated(rows: bigint[][], width: number): bigint[][] {
  let rank = 0;
  for (let column = 0; column < width; column += 1) {
    const pivot = rows.findIndex((row, at) => at >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const scale = inverse(rows[rank]![column]!);
    rows[rank] = rows[rank]!.map((value) => mod(value * scale));
    rows.forEach((row, at) => {
      const times = row[column]!;
      if (at !== rank && times !== 0n) rows[at] = row.map((value, c) => mod(value - times * rows[rank]![c]!));
    });
    rank += 1;
  }
  return rows;
}

describe('a table with margins', () => {
  it('shows no cell of fewer than five people', () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const blanks = protectTable(cells);
        return cells.every((cell) => cell.value >= 5 || blanks.has(keyOf(cell)));
      }),
    );
  });

  it('withstands the attack by linear equations', () => {
    fc.assert(fc.property(tables, (cells) => foundOut(cells, protectTable(cells)).length === 0));
  });

  it('is found recomputable exactly when the attack succeeds', () => {
    const chosen = tables.chain((cells) =>
      fc.record({
        cells: fc.constant(cells),
        blanks: fc.subarray(cells.map(keyOf)).map((keys) => new Map(keys.map((key) => [key, '<5' as const]))),
      }),
    );
    fc.assert(
      fc.property(chosen, ({ cells, blanks }) => {
        expect(recomputable(cells, blanks).map(keyOf).toSorted()).toEqual(foundOut(cells, blanks).toSorted());
      }),
    );
  });

  it('would give its one small cell away if that alone were blank', () => {
    const cells = withMargins([
      [2, 9],
      [8, 7],
    ]);
    const alone = new Map([[keyOf({ row: 'r0', column: 'c0' }), '<5' as const]]);
    expect(foundOut(cells, alone)).toEqual([keyOf({ row: 'r0', column: 'c0' })]);
    expect(protectTable(cells).size).toBe(4);
  });

  it('shows all when nothing is small', () => {
    const cells = withMargins([
      [12, 9],
      [8, 7],
    ]);
    expect([...protectTable(cells)]).toEqual([]);
  });

  it('never hides behind what an earlier release has shown', () => {
    const cells = withMargins([
      [2, 9],
      [8, 7],
    ]).map((cell) => ({ ...cell, isKnown: cell.row === 'r0' && cell.column === 'c1' }));
    const blanks = protectTable(cells);
    expect(recomputable(cells, blanks)).toEqual([]);
    expect(blanks.has(keyOf({ row: 'r0', column: ALL }))).toBe(true);
  });

  it('shows nothing at all when everything else is known', () => {
    const cells = withMargins([
      [2, 9],
      [8, 7],
    ]).map((cell) => ({ ...cell, isKnown: cell.blank === null }));
    expect(protectTable(cells).size).toBe(cells.length);
  });
});

describe('a list with its total', () => {
  const lists = fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
    .map((values) =>
      [
        ...values.map((value, at) => ({ row: `r${at}`, value })),
        { row: ALL, value: values.reduce((a, b) => a + b) },
      ].map((cell) => ({ ...cell, blank: blankOfPeople({ persons: cell.value, newcomers: null }) })),
    );

  it('never has one blank alone', () => {
    fc.assert(fc.property(lists, (cells) => protectList(cells).size !== 1));
  });

  it('leaves room for twice what is hidden', () => {
    fc.assert(
      fc.property(lists, (cells) => {
        const blanks = protectList(cells);
        const hidden = cells.filter(({ row }) => blanks.has(row));
        return hidden.every((cell) => {
          if (!cell.blank) return true;
          const others = hidden.filter((other) => other !== cell);
          return others.reduce((sum, { value }) => sum + value, 0) >= cell.value;
        });
      }),
    );
  });
});

describe('one cell', () => {
  it.each([
    [4, null, '<5'],
    [5, null, null],
    [5, 0, null],
    [9, 1, 'difference'],
    [9, 4, 'difference'],
    [9, 5, null],
  ])('of %i people, %s of them new, is %s', (persons, newcomers, blank) => {
    expect(blankOfPeople({ persons, newcomers })).toBe(blank);
  });

  it.each([
    [2, 5_000, null, 'few_spaces'],
    [3, 8_499, null, null],
    [3, 8_500, null, 'dominance'],
    [1, 10_000, null, 'dominance'],
    [3, 5_000, 2, 'difference'],
    [3, 5_000, 3, null],
  ])(
    'of the money of %i spaces, the first with %i bps and %s with more, is %s',
    (spaces, topBps, newSpaces, blank) => {
      expect(blankOfMoney({ spaces, topBps, newSpaces })).toBe(blank);
    },
  );
});
