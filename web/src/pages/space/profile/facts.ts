import { t } from '@lingui/core/macro';
import type { SpaceProfile } from '@wire/directory/profile.schema.js';

export type FactKey = keyof SpaceProfile['accessibility'];

export const FACTS = [
  'stepFree',
  'lift',
  'toilet',
  'hearingLoop',
  'parking',
  'doorWidthCm',
] as const satisfies FactKey[];

export function factName(key: FactKey): string {
  switch (key) {
    case 'stepFree':
      return t`Step-free way in`;
    case 'lift':
      return t`Lift`;
    case 'toilet':
      return t`Accessible toilet`;
    case 'hearingLoop':
      return t`Hearing loop`;
    case 'parking':
      return t`Accessible parking`;
    case 'doorWidthCm':
      return t`Width of the narrowest door`;
  }
}
