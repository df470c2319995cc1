import { t } from '@lingui/core/macro';
import type { Part } from '../api/booking';

export function partText(part: Part): string {
  switch (part) {
    case 'DAY':
      return t`Whole day`;
    case 'MORNING':
      return t`Morning`;
    case 'AFTERNOON':
      return t`Afternoon`;
  }
}
