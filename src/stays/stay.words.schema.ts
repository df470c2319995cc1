/** The closed lists of immersion stays; docs/glossary.md says what each means. */

export const DIRECTIONS = ['INSTITUTION_TO_SPACE', 'SPACE_TO_INSTITUTION'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const LEGAL_BASES = [
  'FR_IMMERSION_PRO',
  'MISSION_ORDER',
  'TELEWORK_THIRD_PLACE',
  'TRAINING',
  'PACE',
  'ERASMUS_STAFF',
  'EYE',
  'ECHN_P2P',
  'OTHER',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

export const STATUSES = ['CIVIL_SERVANT', 'EMPLOYEE', 'SELF_EMPLOYED'] as const;
export type Status = (typeof STATUSES)[number];

export const GRANT_SCHEMES = ['ERASMUS_STAFF_2025', 'PEER_TO_PEER', 'NONE'] as const;
export type GrantScheme = (typeof GRANT_SCHEMES)[number];

export const STAY_STATES = [
  'DRAFT',
  'EMPLOYER_REVIEW',
  'REFUSED',
  'DEFERRED',
  'MATCHING',
  'MATCHED',
  'AGREEMENT_DRAFT',
  'SIGNING',
  'SIGNED',
  'READY',
  'IN_PROGRESS',
  'AWAITING_REPORTS',
  'OVERDUE',
  'REPORTS_ACCEPTED',
  'BALANCE_DUE',
  'CLOSED',
  'CANCELED',
] as const;
export type StayState = (typeof STAY_STATES)[number];

export const SIDES = ['PARTICIPANT', 'EMPLOYER', 'HOST', 'LEGAL_HOST', 'GRANT_BODY', 'COORDINATOR'] as const;
export type Side = (typeof SIDES)[number];
export const SIGNING_SIDES = ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST', 'GRANT_BODY'] as const;
export type SigningSide = (typeof SIGNING_SIDES)[number];

export const ACTS = [
  'APPLY',
  'SUBMIT',
  'DECIDE',
  'PROPOSE_MATCH',
  'ANSWER_MATCH',
  'DRAFT_AGREEMENT',
  'SIGN',
  'SETTLE_DOCUMENT',
  'MAKE_READY',
  'INTERRUPT',
  'FILE_STATEMENT',
  'ACCEPT_REPORTS',
  'ORDER_BALANCE',
  'RECORD_PAYMENT',
  'CANCEL',
  'TELL_STORY',
] as const;
export type Act = (typeof ACTS)[number];

export const DOCUMENT_KINDS = [
  'MISSION_ORDER',
  'A1',
  'BILATERAL_CERTIFICATE',
  'HEALTH_COVER',
  'VISA_LETTER',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const INSTALMENT_KINDS = ['FIRST', 'BALANCE', 'RECOVERY'] as const;
export type InstalmentKind = (typeof INSTALMENT_KINDS)[number];
