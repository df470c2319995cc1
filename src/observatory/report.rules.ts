import { requestHash } from '../platform/http/same-request.js';
import type { Computed, VisitTables } from './compute.queries.js';
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
import { FACTORS_VERSION } from './factors.js';
import { figuresOf } from './figures.rules.js';
import { INDICATORS } from './indicators.js';
import type { Flow, Margin, Report } from './report.schema.js';

/** What may be told of it. `earlier`: the release that this one corrects; the two must not give a third away. */
export function reportOf(computed: Computed, earlier: Report | null): Report {
  const { visits } = computed;
  const cells = flowCells(visits, earlier);
  const blanks = protectTable(cells);
  const shown = cells.map((cell) => shownFlow(cell, blanks));
  const inner = shown.filter(({ home, host }) => home !== ALL && host !== ALL);
  const total = marginOf(
    shown.find(({ home, host }) => home === ALL && host === ALL),
    ALL,
  );
  const income = incomeOf(visits, earlier);
  const tables = {
    flows: inner.toSorted(byCodes),
    origins: shown
      .filter(({ home, host }) => home !== ALL && host === ALL)
      .map((flow) => marginOf(flow, flow.home))
      .toSorted(byCode),
    destinations: shown
      .filter(({ home, host }) => home === ALL && host !== ALL)
      .map((flow) => marginOf(flow, flow.host))
      .toSorted(byCode),
    total,
    months: monthsOf(visits, earlier, total),
    income,
    territories: [...computed.territories],
  };
  return { figures: figuresOf(computed, tables), ...tables, factorsVersion: FACTORS_VERSION };
}

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);
const byCodes = (a: Flow, b: Flow) => (`${a.home} ${a.host}` < `${b.home} ${b.host}` ? -1 : 1);

/** What was blank stays blank, and what was shown and is the same protects nothing. */
function after(
  before: { blank: string | null } | undefined,
  own: Blank | null,
  newcomers: number | null,
): Pick<Cell, 'blank' | 'isKnown'> {
  return {
    blank: own ?? (before?.blank ? 'complementary' : null),
    isKnown: before !== undefined && before.blank === null && newcomers === 0,
  };
}

type Told = { readonly halfDays: number | null; readonly blank: string | null };

/** A report's table with its margins, as the cells it was made from. */
function cellsOf(report: Report): Map<string, Told> {
  return new Map<string, Told>([
    ...report.flows.map((flow) => [keyOf({ row: flow.home, column: flow.host }), flow] as const),
    ...report.origins.map((cell) => [keyOf({ row: cell.code, column: ALL }), cell] as const),
    ...report.destinations.map((cell) => [keyOf({ row: ALL, column: cell.code }), cell] as const),
    [keyOf({ row: ALL, column: ALL }), report.total],
  ]);
}

function flowCells({ flows }: VisitTables, earlier: Report | null): Cell[] {
  const before = earlier ? cellsOf(earlier) : new Map<string, Told>();
  return flows.map((flow) => {
    const at = { row: flow.home, column: flow.host };
    return {
      ...at,
      value: flow.halfDays,
      ...after(before.get(keyOf(at)), blankOfPeople(flow), flow.newcomers),
    };
  });
}

function shownFlow(cell: Cell, blanks: ReadonlyMap<string, Blank>): Flow {
  const blank = blanks.get(keyOf(cell)) ?? null;
  return { home: cell.row, host: cell.column, halfDays: blank ? null : cell.value, blank };
}

function marginOf(flow: Flow | undefined, code: string): Margin {
  return { code, halfDays: flow?.halfDays ?? (flow ? null : 0), blank: flow?.blank ?? null };
}

/** Their sum is the total of the flows: shown there, it cannot hide anything here. */
function monthsOf({ months }: VisitTables, earlier: Report | null, total: Margin): Margin[] {
  const cells = months.map((month) => ({
    row: month.month,
    value: month.halfDays,
    ...after(
      earlier?.months.find(({ code }) => code === month.month),
      blankOfPeople(month),
      month.newcomers,
    ),
  }));
  const sum = { row: ALL, value: total.halfDays ?? 0, blank: null, isKnown: true };
  const blanks = total.blank
    ? new Map(cells.map(({ row, blank }) => [row, blank ?? 'complementary']))
    : protectList([...cells, sum]);
  return cells.map(({ row, value }) => {
    const blank = blanks.get(row) ?? null;
    return { code: row, halfDays: blank ? null : value, blank };
  });
}

function incomeOf({ income }: VisitTables, earlier: Report | null): Report['income'] {
  return [...new Set(income.map(({ unit }) => unit))].toSorted().flatMap((unit) => {
    const cells = income
      .filter((cell) => cell.unit === unit)
      .map((cell) => ({
        row: cell.code,
        value: cell.minor,
        ...after(
          earlier?.income.find((old) => old.code === cell.code && old.unit === unit),
          blankOfMoney(cell),
          cell.newSpaces,
        ),
      }));
    const blanks = protectList(cells);
    return cells
      .map(({ row, value }) => {
        const blank = blanks.get(row) ?? null;
        return { code: row, unit, minor: blank ? null : value, blank };
      })
      .toSorted(byCode);
  });
}

/** Where a report, whoever wrote it, would tell more than it may. Empty: it may be published. */
export function leaks(computed: Computed, report: Report, earlier: Report | null): string[] {
  const cells = flowCells(computed.visits, earlier);
  const shown = cellsOf(report);
  const blanks = new Map(
    cells
      .filter((cell) => (shown.get(keyOf(cell))?.halfDays ?? null) === null)
      .map((cell) => [keyOf(cell), '<5' as const]),
  );
  const told = cells.filter((cell) => cell.blank && !blanks.has(keyOf(cell)));
  const derived = recomputable(cells, blanks);
  const flows = [...told, ...derived].map(({ row, column }) => `${row}→${column}`);
  // Everything else is a list, or a number by itself: it is what the rules make of it, or it may not leave.
  const own = reportOf(computed, earlier);
  const same = (key: keyof Report) => requestHash(own[key]) === requestHash(report[key]);
  return [...new Set([...flows, ...(['months', 'income', 'figures'] as const).filter((key) => !same(key))])];
}

/** The families that a report must have a figure of. */
export function missingFamilies({ figures }: Report): string[] {
  const measured = new Set(
    figures
      .filter(({ value }) => value !== null)
      .map(({ indicator }) => INDICATORS.find(({ id }) => id === indicator)?.family),
  );
  return (['ECO', 'SOC', 'CUL'] as const).filter((family) => !measured.has(family));
}

/** What of a report is about a territory and those in it; the figures are of the whole network. */
export function reportOn(report: Report, territory: string | undefined): Report {
  if (!territory) return report;
  const isIn = (code: string) => code.startsWith(territory);
  return {
    ...report,
    flows: report.flows.filter(({ home, host }) => isIn(home) || isIn(host)),
    origins: report.origins.filter(({ code }) => isIn(code)),
    destinations: report.destinations.filter(({ code }) => isIn(code)),
    income: report.income.filter(({ code }) => isIn(code)),
  };
}
