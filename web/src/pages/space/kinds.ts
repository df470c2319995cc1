import { t } from '@lingui/core/macro';
import type { ResourceKind } from '@wire/kernel/words.js';

export function kindText(kind: ResourceKind): string {
  switch (kind) {
    case 'hot_desk':
      return t`Desks, any free one`;
    case 'dedicated_desk':
      return t`Desks of one's own`;
    case 'meeting_room':
      return t`Meeting rooms`;
    case 'machine_time':
      return t`Machines`;
  }
}
