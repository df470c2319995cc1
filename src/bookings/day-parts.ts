/** A space's day in half-hours: which of them each part of the day covers, and when they happen. */
import { instantAt, Temporal, type Instant, type PlainDate, type PlainTime } from '../kernel/time.js';
import { SLOT_MINUTES, type Stay } from '../kernel/tariff.js';
import type { BookedPart, Part } from '../kernel/words.js';

export const SLOTS_PER_DAY = 48;

/** Half-hours of a day, [from, to). */
export type SlotRange = { readonly from: number; readonly to: number };
export type DayParts = { readonly morning: SlotRange | null; readonly afternoon: SlotRange | null };

/**
 * The morning is what is open before the boundary, the afternoon what is open from it on; a boundary inside
 * a half-hour leaves that half-hour to the morning. A break within a part belongs to it: the desk stays taken.
 */
export function partsOf(openSlots: readonly boolean[], boundary: PlainTime): DayParts {
  const split = Math.ceil((boundary.hour * 60 + boundary.minute) / SLOT_MINUTES);
  return { morning: span(openSlots, 0, split), afternoon: span(openSlots, split, SLOTS_PER_DAY) };
}

function span(openSlots: readonly boolean[], from: number, to: number): SlotRange | null {
  const open = openSlots.flatMap((isOpen, slot) => (isOpen && slot >= from && slot < to ? [slot] : []));
  return open.length === 0 ? null : { from: open[0]!, to: open.at(-1)! + 1 };
}

/** The half-hours a part covers; null when the space is closed then. */
export function rangeOf(part: Part, { morning, afternoon }: DayParts): SlotRange | null {
  if (part === 'MORNING') return morning;
  if (part === 'AFTERNOON') return afternoon;
  const first = morning ?? afternoon;
  const last = afternoon ?? morning;
  return first && last && { from: first.from, to: last.to };
}

/** A whole day counts two half-days, but only one where the space opens for half a day. */
export function halfDaysOf(part: Part, { morning, afternoon }: DayParts): 1 | 2 {
  return part === 'DAY' && morning && afternoon ? 2 : 1;
}

/** What time of a day somebody would like: a part of it, or from one half-hour (09:30) until another. */
export type Time = {
  readonly part?: Part | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

/** The half-hours asked for; null when the space is closed then, or has a break within. */
export function rangeOfTime({ part, from, until }: Time, parts: DayParts): SlotRange | null {
  if (part !== undefined) return rangeOf(part, parts);
  if (from === undefined || until === undefined) return null;
  const range = { from: slotOf(from), to: slotOf(until) };
  return openSpans(parts).some((open) => open.from <= range.from && range.to <= open.to) ? range : null;
}

/** Where nothing closes at the boundary, morning and afternoon are one. */
function openSpans({ morning, afternoon }: DayParts): SlotRange[] {
  if (morning && afternoon && morning.to >= afternoon.from) return [{ from: morning.from, to: afternoon.to }];
  return [morning, afternoon].filter((part) => part !== null);
}

/** How many half-days a range touches. */
export function startedHalfDays(range: SlotRange, { morning, afternoon }: DayParts): 1 | 2 {
  const touches = (part: SlotRange | null) => part !== null && range.from < part.to && part.from < range.to;
  return touches(morning) && touches(afternoon) ? 2 : 1;
}

type Booked = { readonly part: BookedPart; readonly fromSlot: number; readonly toSlot: number };

/** As it would be asked for again. */
export function timeOf({ part, fromSlot, toSlot }: Booked): Time {
  return part === 'HOURS' ? { from: clockOf(fromSlot), until: clockOf(toSlot) } : { part };
}

/** What a tariff prices. */
export function stayOf({
  halfDays,
  fromSlot,
  toSlot,
}: Omit<Booked, 'part'> & { readonly halfDays: number }): Stay {
  return { halfDays, minutes: (toSlot - fromSlot) * SLOT_MINUTES };
}

/** 19 is 09:30 on the wall; 48 is 24:00. */
export function clockOf(slot: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(slot / 2))}:${slot % 2 === 0 ? '00' : '30'}`;
}

function slotOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 2 + minutes / SLOT_MINUTES;
}

/**
 * When a half-hour begins at the place; number 48 is the next day's midnight. One that the clocks skip begins
 * when they jump, so that later half-hours never begin earlier.
 */
export function slotStart(day: PlainDate, slot: number, timeZone: string): Instant {
  const minutes = slot * SLOT_MINUTES;
  const onDay = minutes < 24 * 60 ? day : day.add({ days: 1 });
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
  const moment = instantAt(onDay, time, timeZone);
  const local = moment.toZonedDateTimeISO(timeZone);
  if (local.toPlainTime().equals(time)) return moment;
  const jump = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return jump ? jump.toInstant() : moment;
}
