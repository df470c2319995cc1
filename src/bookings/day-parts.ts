/** A space's day in half-hours: which of them each part of the day covers, and when they happen. */
import { instantAt, Temporal, type Instant, type PlainDate, type PlainTime } from '../kernel/time.js';
import type { Part } from '../kernel/words.js';

export const SLOTS_PER_DAY = 48;
const SLOT_MINUTES = 30;

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
