import { t } from '@lingui/core/macro';
import type { BookedPart } from '@wire/kernel/words.js';

export function partText(part: BookedPart): string {
  switch (part) {
    case 'DAY':
      return t`Whole day`;
    case 'MORNING':
      return t`Morning`;
    case 'AFTERNOON':
      return t`Afternoon`;
    case 'HOURS':
      return t`By the hour`;
  }
}

type Booked = { readonly part: BookedPart; readonly from: string; readonly until: string };

/** What of the day is taken: a part of it, or for a room its times. */
export function bookedText({ part, from, until }: Booked): string {
  return part === 'HOURS' ? `\u2066${from}–${until}\u2069` : partText(part);
}
