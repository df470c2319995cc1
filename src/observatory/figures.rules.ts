import type { Computed } from './compute.queries.js';
import { ALL, blankOfMoney, blankOfPeople, PERSONS_MIN, SPACES_MIN } from './disclosure.rules.js';
import { INDICATORS, type Indicator } from './indicators.js';
import type { Figure, Report } from './report.schema.js';

type Tables = Omit<Report, 'figures' | 'factorsVersion'>;
type Made = Omit<Figure, 'indicator' | 'method'>;

/** One figure or more for every indicator; what has no source says so. */
export function figuresOf(computed: Computed, tables: Tables): Figure[] {
  return INDICATORS.flatMap((indicator) => {
    const made = MADE[indicator.id]?.(computed, tables) ?? [];
    const figures = made.length > 0 ? made : [notMeasured(indicator)];
    return figures.map((figure) => ({ indicator: indicator.id, ...figure, method: indicator.method }));
  });
}

function notMeasured({ unit }: Indicator): Made {
  return { measure: '', value: null, unit, blank: 'not_measured', n: null, missingBps: null };
}

type Make = (computed: Computed, tables: Tables) => Made[];
const MADE: Readonly<Record<string, Make>> = {
  'I-01': visits,
  'I-02': persons,
  'I-03': relations,
  'I-04': transnational,
  'I-05': balance,
  'I-06': netting,
  'I-08': income,
  'I-34': timeToBePaid,
  ...Object.fromEntries(
    ['I-09', 'I-20', 'I-22', 'I-27', 'I-28', 'I-29', 'I-30'].map((id) => [id, survey(id)]),
  ),
  ...Object.fromEntries(
    ['I-10', 'I-11', 'I-12', 'I-16', 'I-23', 'I-24', 'I-26'].map((id) => [id, declared(id)]),
  ),
};

const bps = (part: number, whole: number) =>
  whole === 0 ? null : Math.min(10_000, Math.max(0, Math.round((part * 10_000) / whole)));
const percent = (part: number, whole: number) => Math.round((part * 10_000) / whole) / 100;

/** How many people: to be told like a cell. */
function peopleOf({ visits: { flows } }: Computed) {
  const all = flows.find(({ home, host }) => home === ALL && host === ALL);
  return { persons: all?.persons ?? 0, newcomers: all?.newcomers ?? null };
}

function shownPeople(computed: Computed): number | null {
  const people = peopleOf(computed);
  return blankOfPeople(people) ? null : people.persons;
}

function visits(computed: Computed, { total }: Tables): Made[] {
  if (computed.visits.records === 0) return [];
  const value = total.halfDays === null ? null : total.halfDays / 2;
  const { blank } = total;
  return [{ measure: '', value, unit: 'visit-days', blank, n: shownPeople(computed), missingBps: 0 }];
}

function persons(computed: Computed): Made[] {
  if (computed.visits.records === 0) return [];
  const n = shownPeople(computed);
  return [
    {
      measure: '',
      value: n,
      unit: 'persons',
      blank: blankOfPeople(peopleOf(computed)),
      n,
      missingBps: 0,
    },
  ];
}

function relations(computed: Computed, { flows, total, origins }: Tables): Made[] {
  if (computed.visits.records === 0) return [];
  const value = flows.filter(({ halfDays }) => halfDays !== null).length;
  const unknown = origins.find(({ code }) => code === '-') ?? { halfDays: 0 };
  const missingBps =
    unknown.halfDays === null || total.halfDays === null ? null : bps(unknown.halfDays, total.halfDays);
  return [{ measure: '', value, unit: 'relations', blank: null, n: shownPeople(computed), missingBps }];
}

function transnational(_computed: Computed, { flows, total, territories }: Tables): Made[] {
  const countries = new Map(territories.map(({ code, country }) => [code, country]));
  const shown = flows.filter(
    ({ halfDays, home, host }) => halfDays !== null && countries.has(home) && countries.has(host),
  );
  const sum = (part: typeof shown) => part.reduce((all, { halfDays }) => all + halfDays!, 0);
  if (shown.length === 0) return [];
  const abroad = shown.filter(({ home, host }) => countries.get(home) !== countries.get(host));
  const missingBps = total.halfDays === null ? null : bps(total.halfDays - sum(shown), total.halfDays);
  const value = percent(sum(abroad), sum(shown));
  return [{ measure: '', value, unit: '%', blank: null, n: shown.length, missingBps }];
}

function balance({ visits: { balance: found }, spaces }: Computed): Made[] {
  if (!found) return [];
  const isFew = found.spaces < SPACES_MIN;
  return [
    {
      measure: '',
      value: isFew ? null : Math.round(found.median * 100) / 100,
      unit: '0–1',
      blank: isFew ? 'few_spaces' : null,
      n: found.spaces,
      missingBps: bps(spaces - found.spaces, spaces),
    },
  ];
}

function netting({ netting: units }: Computed): Made[] {
  return units.map(({ unit, claims, payments, windows, parties }) => {
    const isFew = parties < SPACES_MIN;
    return {
      measure: unit,
      value: isFew ? null : percent(claims - payments, claims),
      unit: '%',
      blank: isFew ? 'few_spaces' : null,
      n: windows,
      missingBps: 0,
    };
  });
}

function income({ visits: tables }: Computed, { income: shown }: Tables): Made[] {
  return shown
    .filter(({ code }) => code === ALL)
    .map(({ unit, minor, blank }) => ({
      measure: unit,
      value: minor,
      unit,
      blank,
      n: tables.income.find((cell) => cell.code === ALL && cell.unit === unit)!.spaces,
      missingBps: 0,
    }));
}

function timeToBePaid({ paid }: Computed): Made[] {
  if (!paid) return [];
  const isFew = paid.spaces < SPACES_MIN;
  return [
    {
      measure: '',
      value: isFew ? null : paid.days,
      unit: 'days',
      blank: isFew ? 'few_spaces' : null,
      n: isFew ? null : paid.records,
      missingBps: bps(paid.open, paid.open + paid.records),
    },
  ];
}

/** Every question by itself; with fewer than five people not even how many they were. */
function survey(id: string): Make {
  return ({ answers, visits: { records } }) =>
    answers
      .filter(({ measure }) => measure.startsWith(id))
      .map((answer) => {
        const blank = blankOfPeople(answer);
        const measure = [answer.measure.slice(id.length + 1), isCurrency(answer.unit) ? answer.unit : '']
          .filter(Boolean)
          .join(' ');
        return {
          measure,
          value: blank ? null : answer.value,
          unit: answer.unit,
          blank,
          n: answer.persons < PERSONS_MIN ? null : answer.answers,
          missingBps: blank ? null : bps(records - answer.answers, records),
        };
      });
}

function declared(id: string): Make {
  return ({ declared: all, spaces }) =>
    all
      .filter(({ indicator }) => indicator === id)
      .map((sum) => {
        const isMoney = isCurrency(sum.unit);
        const blank = isMoney ? blankOfMoney({ ...sum, newSpaces: null }) : null;
        return {
          measure: isMoney ? `${sum.measure} ${sum.unit}` : sum.measure,
          value: blank ? null : sum.value,
          unit: sum.unit,
          blank,
          n: sum.spaces,
          missingBps: bps(spaces - sum.spaces, spaces),
        };
      });
}

function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit) && unit !== 'FTE';
}
