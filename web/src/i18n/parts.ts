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
