import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { IncidentKind } from '@wire/checkin/incident.schema.js';

const KINDS: Record<IncidentKind, MessageDescriptor> = {
  NO_DESK: msg`No desk was free`,
  CLOSED_DOOR: msg`The door was closed`,
  NOT_AS_DESCRIBED: msg`Not as described`,
  ACCESS: msg`Accessibility`,
  NOISE: msg`Noise`,
  DAMAGE: msg`Damage`,
  HOUSE_RULES: msg`House rules`,
  HARASSMENT: msg`Harassment`,
  SAFETY: msg`Safety`,
  OTHER: msg`Something else`,
};

export const incidentKind = (kind: IncidentKind): string => i18n._(KINDS[kind]);
