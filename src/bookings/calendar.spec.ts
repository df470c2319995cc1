import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { Temporal } from '../kernel/time.js';
import { calendarText, sequenceOf, type CalendarEntry } from './calendar.js';

const at = (text: string) => Temporal.Instant.from(text);
const entry = (startsAt: string, timeZone: string, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: '0193b7a0-0000-7000-8000-000000000001',
  state: 'RESERVED',
  startsAt: at(startsAt),
  endsAt: at(startsAt).add({ hours: 9 }),
  timeZone,
  bookedAt: at('2026-01-01T08:00:00Z'),
  stateAt: at('2026-01-01T08:00:00Z'),
  title: 'Atelier; du, Vieux-Port',
  place: 'Marseille, FR',
  lat: 43.2951,
  lon: 5.3739,
  description: 'The blue door\nSecond bell',
  url: 'https://escale.example/me/bookings/1',
  ...more,
});

/** Two readers that share no code with us or each other. */
function readBack(text: string): { first: string[]; second: string[]; wall: string[] } {
  const calendar = new ICAL.Component(ICAL.parse(text) as string);
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), undefined);
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  const first = events.map(({ startDate }) => at(startDate.toJSDate().toISOString()).toString());
  const wall = events.map(({ startDate }) => startDate.toString().slice(11, 16));
  const second = Object.values(nodeIcal.sync.parseICS(text)).flatMap((part) =>
    part?.type === 'VEVENT' ? at(part.start.toISOString()).toString() : [],
  );
  ICAL.TimezoneService.reset();
  return { first, second, wall };
}

describe('a booking as a calendar', () => {
  // days before, on and after changes of the offset; Ramadan ends Morocco's own change
  it.each([
    ['Europe/Paris', '2026-03-28T08:00:00Z', '09:00'],
    ['Europe/Paris', '2026-03-29T07:00:00Z', '09:00'],
    ['Europe/Paris', '2026-10-25T08:00:00Z', '09:00'],
    ['Africa/Casablanca', '2026-02-10T08:00:00Z', '09:00'],
    ['Africa/Casablanca', '2026-02-20T09:00:00Z', '09:00'],
    ['Africa/Casablanca', '2026-03-25T08:00:00Z', '09:00'],
    ['Asia/Beirut', '2026-03-27T07:00:00Z', '09:00'],
    ['Asia/Beirut', '2026-03-30T06:00:00Z', '09:00'],
    ['Asia/Beirut', '2026-10-26T07:00:00Z', '09:00'],
  ])('in %s at %s is %s on the wall, for two readers', (zone, startsAt, clock) => {
    const read = readBack(calendarText([entry(startsAt, zone)], 'Escale'));
    expect(read).toEqual({ first: [startsAt], second: [startsAt], wall: [clock] });
  });

  it('keeps several zones apart in one file', () => {
    const entries = [
      entry('2026-07-01T07:00:00Z', 'Europe/Paris', { id: '0193b7a0-0000-7000-8000-000000000002' }),
      entry('2026-07-02T06:00:00Z', 'Asia/Beirut', { id: '0193b7a0-0000-7000-8000-000000000003' }),
    ];
    const read = readBack(calendarText(entries, 'Escale'));
    expect(read.first).toEqual(['2026-07-01T07:00:00Z', '2026-07-02T06:00:00Z']);
    expect(read.second.toSorted()).toEqual(read.first);
  });

  it('has a stable name, and a number that grows with each change', () => {
    const booked = entry('2026-07-01T07:00:00Z', 'Europe/Paris');
    const canceled = { ...booked, state: 'CANCELED' as const };
    const later = { ...canceled, stateAt: at('2026-01-01T08:00:30Z') };
    expect([booked, canceled, later].map(sequenceOf)).toEqual([0, 1, 31]);
    const text = calendarText([canceled], 'Escale');
    expect(text).toContain(`UID:${booked.id}@escale\r\nSEQUENCE:1\r\n`);
    expect(text).toContain('STATUS:CANCELLED');
    expect(calendarText([booked], 'Escale')).toContain('STATUS:CONFIRMED');
    expect(calendarText([{ ...booked, state: 'PENDING' }], 'Escale')).toContain('STATUS:TENTATIVE');
  });

  it('folds long lines and escapes what would end one', () => {
    const long = 'Ménilmontant '.repeat(20);
    const text = calendarText([entry('2026-07-01T07:00:00Z', 'Europe/Paris', { title: long })], 'Escale');
    for (const line of text.split('\r\n')) expect(Buffer.from(line).length).toBeLessThanOrEqual(75);
    const calendar = new ICAL.Component(ICAL.parse(text) as string);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
    expect(event.summary).toBe(long);
    expect(event.description).toBe('The blue door\nSecond bell');
  });
});
