import { Temporal, type PlainDate } from '../kernel/time.js';
import { LEGAL_BASIS_RULES, type BasisRules } from './legal-bases.data.js';
import type { Direction, DocumentKind, LegalBasis, Status } from './stay.words.schema.js';

export type Span = { readonly from: PlainDate; readonly until: PlainDate; readonly days: number };
export type Breach = {
  readonly kind: 'NOTICE' | 'DAYS' | 'TOTAL' | 'COUNTRY';
  readonly rules: BasisRules;
  readonly found: number;
};

const SATURDAY = 6;

export function rulesOf(basis: LegalBasis, on: PlainDate): BasisRules | null {
  const day = on.toString();
  return LEGAL_BASIS_RULES.findLast((rules) => rules.basis === basis && rules.validFrom <= day) ?? null;
}

export type Request = {
  readonly span: Span;
  readonly today: PlainDate;
  readonly employerCountry: string;
  /** Employer and applicant have agreed on less notice than usual. */
  readonly isEarlyAgreed: boolean;
  /** Stays on the same basis, without this one. */
  readonly others: readonly Span[];
  /** Days on this basis that were spent elsewhere, by the applicant's own word. */
  readonly earlierDays: number;
};

/** The first thing that a legal basis does not allow; null when all is well. */
export function breachOf(rules: BasisRules, request: Request): Breach | null {
  const { span, today, employerCountry, isEarlyAgreed, others, earlierDays } = request;
  const breach = (kind: Breach['kind'], found: number): Breach => ({ kind, rules, found });
  if (rules.country && rules.country !== employerCountry) return breach('COUNTRY', 0);
  if (!hasDays(rules, span)) return breach('DAYS', span.days);
  const earliest = today.add({ months: rules.noticeMonths });
  if (!isEarlyAgreed && Temporal.PlainDate.compare(earliest, span.from) > 0)
    return breach('NOTICE', today.until(span.from).days);
  if (!rules.total) return null;
  const total = mostDaysWith(span, others, rules.total.months) + earlierDays;
  return total > rules.total.days ? breach('TOTAL', total) : null;
}

function hasDays(rules: BasisRules, span: Span): boolean {
  const { days } = span;
  if (days < rules.daysMin || days > (rules.daysMax ?? days)) return false;
  if (days > daysBetween(span, rules.isWorkingDays)) return false;
  return rules.weeklyDaysMax === null || days <= weeksOf(span) * rules.weeklyDaysMax;
}

/** Both ends count. */
export function daysBetween({ from, until }: Pick<Span, 'from' | 'until'>, isWorkingDays: boolean): number {
  const all = from.until(until).days + 1;
  if (!isWorkingDays) return all;
  return Array.from({ length: all }, (_, index) => from.add({ days: index })).filter(
    (day) => day.dayOfWeek < SATURDAY,
  ).length;
}

/** Calendar weeks that the stay touches. */
function weeksOf({ from, until }: Span): number {
  const monday = from.subtract({ days: from.dayOfWeek - 1 });
  return Math.floor(monday.until(until).days / 7) + 1;
}

/** The most days in any stretch of so many months that has this stay in it: stretches end with a stay. */
export function mostDaysWith(span: Span, others: readonly Span[], months: number): number {
  const all = [...others, span];
  const sums = all.map(({ until }) => {
    const within = all.filter((stay) => isWithin(stay.until, until, months));
    return within.includes(span) ? within.reduce((sum, { days }) => sum + days, 0) : 0;
  });
  return Math.max(...sums);
}

function isWithin(day: PlainDate, until: PlainDate, months: number): boolean {
  const begin = until.subtract({ months });
  return Temporal.PlainDate.compare(day, begin) > 0 && Temporal.PlainDate.compare(day, until) <= 0;
}

/** Whose signing host must be a public body: the basis may ask for it, and an institution always is the host of a coworker. */
export function needsPublicHost(rules: BasisRules, direction: Direction): boolean {
  return rules.isLegalHostPublic || direction === 'SPACE_TO_INSTITUTION';
}

/** Where Regulation (EC) 883/2004 coordinates social security: the Union, the EEA, Switzerland and the United Kingdom. */
const COORDINATED = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH GB'.split(
    ' ',
  ),
);
/** In Schengen, from where a visa is usual; nationality is never asked for here, so the letter may be waived. */
const VISA_FROM = new Set('TN MA DZ EG LB TR JO LY'.split(' '));
const A1_GROUND: Readonly<Record<Status, string>> = {
  CIVIL_SERVANT: 'Reg. (EC) 883/2004 art. 11(3)(b)',
  EMPLOYEE: 'Reg. (EC) 883/2004 art. 12(1)',
  SELF_EMPLOYED: 'Reg. (EC) 883/2004 art. 12(2)',
};

export type Need = { readonly kind: DocumentKind; readonly ground: string };

/** What must be there, or be waived with a reason, before somebody leaves. */
export function documentsNeeded(stay: {
  readonly status: Status;
  readonly employerCountry: string;
  readonly stayCountry: string;
}): Need[] {
  const { status, employerCountry, stayCountry } = stay;
  const order: Need[] =
    status === 'SELF_EMPLOYED' ? [] : [{ kind: 'MISSION_ORDER', ground: 'Employer’s order to travel' }];
  if (employerCountry === stayCountry) return order;
  if (COORDINATED.has(employerCountry) && COORDINATED.has(stayCountry))
    return [...order, { kind: 'A1', ground: A1_GROUND[status] }];
  const abroad: Need[] = [
    { kind: 'BILATERAL_CERTIFICATE', ground: 'Bilateral social security agreement' },
    { kind: 'HEALTH_COVER', ground: 'Health and liability insurance abroad' },
  ];
  const visa: Need[] =
    VISA_FROM.has(employerCountry) && COORDINATED.has(stayCountry)
      ? [{ kind: 'VISA_LETTER', ground: 'Invitation of the host' }]
      : [];
  return [...order, ...abroad, ...visa];
}
