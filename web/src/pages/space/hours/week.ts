/** A week of opening hours as a grid of times, and as the OSM text that is stored. Monday is 0. */

/** Wall times, `HH:MM`; an end not after its beginning lies on the next day, and 00:00 is midnight. */
export type Span = { readonly from: string; readonly until: string };
export type Week = readonly (readonly Span[])[];

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const ALL_WEEK = '24/7';
const NEVER = 'Mo-Su off';
const RULE = /^(?<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)?\s*(?<times>.*)$/;
const SPAN = /^(?<from>[0-2]\d:[0-5]\d)-(?<until>[0-2]\d:[0-5]\d)$/;

/** Days with the same hours that follow each other share a rule. */
export function osmOf(week: Week): string {
  const texts = week.map((spans) => spans.map(({ from, until }) => `${from}-${endOf(until)}`).join(','));
  if (texts.every((text) => text === '')) return NEVER;
  if (texts.every((text) => text === '00:00-24:00')) return ALL_WEEK;
  const rules: string[] = [];
  for (let first = 0; first < DAYS.length; first += 1) {
    let last = first;
    while (texts[last + 1] !== undefined && texts[last + 1] === texts[first]) last += 1;
    const days = first === last ? DAYS[first] : `${DAYS[first]}-${DAYS[last]}`;
    if (texts[first] !== '') rules.push(`${days} ${texts[first]}`);
    first = last;
  }
  return rules.join('; ');
}

/** null: the text says more than a week of times can show. */
export function weekOf(osm: string): Week | null {
  if (osm.trim() === ALL_WEEK) return DAYS.map(() => [{ from: '00:00', until: '00:00' }]);
  const week: (readonly Span[])[] = DAYS.map(() => []);
  for (const rule of osm.split(';')) {
    const { days, times } = RULE.exec(rule.trim())?.groups ?? {};
    const named = days === undefined ? DAYS.map((_, day) => day) : daysOf(days);
    const spans = spansOf(times ?? '');
    if (!named || !spans) return null;
    for (const day of named) week[day] = spans;
  }
  return week;
}

function daysOf(text: string): number[] | null {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const [first, last, more] = part.split('-').map((day) => DAYS.indexOf(day));
    if (first === undefined || more !== undefined) return null;
    for (let day = first; ; day = (day + 1) % DAYS.length) {
      found.push(day);
      if (day === (last ?? first)) break;
    }
  }
  return found;
}

function spansOf(text: string): Span[] | null {
  if (text === 'off' || text === 'closed') return [];
  const spans = text.split(',').map((span) => {
    const { from, until } = SPAN.exec(span.trim())?.groups ?? {};
    return from && until && from < '24:00' && until <= '24:00'
      ? { from, until: until === '24:00' ? '00:00' : until }
      : null;
  });
  return spans.every((span) => span !== null) ? spans : null;
}

function endOf(until: string): string {
  return until === '00:00' ? '24:00' : until;
}

/** The hours of one day alone, as an exception stores them; no span: closed. */
export function osmOfDay(spans: readonly Span[]): string | null {
  return spans.length === 0 ? null : spans.map(({ from, until }) => `${from}-${endOf(until)}`).join(',');
}

export function spansOfDay(osm: string | null): readonly Span[] | null {
  return osm === null ? [] : spansOf(osm);
}

/** The half-hours of the day that a span covers, as [from, until) of 48; what is after midnight is cut. */
export function halfHours({ from, until }: Span): readonly [number, number] {
  const start = minutesOf(from) / 30;
  const end = minutesOf(until) / 30;
  return [start, end <= start ? 48 : end];
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
