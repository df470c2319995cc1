import { t } from '@lingui/core/macro';
import type { StayView } from '@wire/stays/stay.schema.js';
import type {
  Act,
  Direction,
  DocumentKind,
  InstalmentKind,
  LegalBasis,
  Side,
  StayState,
} from '@wire/stays/stay.words.schema.js';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';

export function directionText(direction: Direction): string {
  return direction === 'INSTITUTION_TO_SPACE'
    ? t`From an institution into a space`
    : t`From a space into an institution`;
}

/** Names of laws and programmes stay as they are. */
export function basisText(basis: LegalBasis): string {
  switch (basis) {
    case 'FR_IMMERSION_PRO':
      return 'Période d’immersion professionnelle (FR)';
    case 'PACE':
      return 'PACE';
    case 'ERASMUS_STAFF':
      return 'Erasmus+';
    case 'EYE':
      return 'Erasmus for Young Entrepreneurs';
    case 'ECHN_P2P':
      return 'ECHN peer-to-peer';
    case 'MISSION_ORDER':
      return t`Mission order`;
    case 'TELEWORK_THIRD_PLACE':
      return t`Telework in a third place`;
    case 'TRAINING':
      return t`Training`;
    case 'OTHER':
      return t`Another agreement`;
  }
}

export function sideText(side: Side): string {
  switch (side) {
    case 'PARTICIPANT':
      return t`Participant`;
    case 'EMPLOYER':
      return t`Employer`;
    case 'HOST':
      return t`Host`;
    case 'LEGAL_HOST':
      return t`Legal host`;
    case 'GRANT_BODY':
      return t`Who grants`;
    case 'COORDINATOR':
      return t`Coordinator`;
  }
}

export function stateText(state: StayState): string {
  switch (state) {
    case 'DRAFT':
      return t`Draft`;
    case 'EMPLOYER_REVIEW':
      return t`With the employer`;
    case 'REFUSED':
      return t`Refused`;
    case 'DEFERRED':
      return t`Deferred`;
    case 'MATCHING':
      return t`Looking for a host`;
    case 'MATCHED':
      return t`Host proposed`;
    case 'AGREEMENT_DRAFT':
      return t`Agreement to be drafted`;
    case 'SIGNING':
      return t`Being signed`;
    case 'SIGNED':
      return t`Signed`;
    case 'READY':
      return t`Ready to leave`;
    case 'IN_PROGRESS':
      return t`Under way`;
    case 'AWAITING_REPORTS':
      return t`Statements due`;
    case 'OVERDUE':
      return t`Statements overdue`;
    case 'REPORTS_ACCEPTED':
      return t`Statements accepted`;
    case 'BALANCE_DUE':
      return t`Balance due`;
    case 'CLOSED':
      return t`Closed`;
    case 'CANCELED':
      return t`Canceled`;
  }
}

/** What is to be done next, as whoever does it would say it. */
export function actText(act: Act): string {
  switch (act) {
    case 'APPLY':
    case 'SUBMIT':
      return t`Hand the application in`;
    case 'DECIDE':
      return t`Answer the application`;
    case 'PROPOSE_MATCH':
      return t`Propose a host`;
    case 'ANSWER_MATCH':
      return t`Say yes or no to the host`;
    case 'DRAFT_AGREEMENT':
      return t`Draft the agreement`;
    case 'SIGN':
      return t`Sign the agreement`;
    case 'SETTLE_DOCUMENT':
      return t`Complete the checklist`;
    case 'MAKE_READY':
      return t`Declare it ready`;
    case 'INTERRUPT':
      return t`Interrupt the stay`;
    case 'FILE_STATEMENT':
      return t`File the learning statement`;
    case 'ACCEPT_REPORTS':
      return t`Accept the statements`;
    case 'ORDER_BALANCE':
      return t`Order the balance`;
    case 'RECORD_PAYMENT':
      return t`Record the payment`;
    case 'CANCEL':
      return t`Cancel the stay`;
    case 'TELL_STORY':
      return t`Tell the story`;
  }
}

export function documentText(kind: DocumentKind): string {
  switch (kind) {
    case 'MISSION_ORDER':
      return t`Mission order`;
    case 'A1':
      return t`A1 certificate`;
    case 'BILATERAL_CERTIFICATE':
      return t`Social security certificate`;
    case 'HEALTH_COVER':
      return t`Health and liability cover`;
    case 'VISA_LETTER':
      return t`Letter for a visa`;
  }
}

export function instalmentText(kind: InstalmentKind): string {
  if (kind === 'FIRST') return t`First part`;
  return kind === 'BALANCE' ? t`Balance` : t`To be paid back`;
}

/** Refusals of stays in our words; the server's own where a rule with its numbers is named. */
export function stayFault(error: unknown): string {
  if (!(error instanceof ApiProblem)) return problemText(error);
  switch (error.code) {
    case 'stay.overlap':
      return t`There is another stay on these days.`;
    case 'stay.notice_too_short':
      return t`Too late for these days: three months’ notice, or less if your employer agrees.`;
    case 'stay.days_not_allowed':
      return t`So many days are not allowed on this legal basis.`;
    case 'stay.days_spent':
      return t`Your days on this legal basis are spent for now.`;
    case 'stay.reasons_missing':
      return t`Say why.`;
    case 'stay.checklist_open':
      return t`The checklist is not complete.`;
    case 'stay.presence_open':
      return t`Visits can still change until a day after the last one.`;
    case 'stay.legal_host_not_public':
      return t`The legal host must be a public body here.`;
    case 'stay.same_chapter':
      return t`Sender and host belong to the same chapter.`;
    case 'stay.hash_changed':
      return t`The agreement has changed: read it again, then sign.`;
    case 'stay_call.full':
      return t`All places of this call are taken.`;
    default:
      return problemText(error);
  }
}

export function isTurnOf({ nextBy, mySides }: Pick<StayView, 'nextBy' | 'mySides'>): boolean {
  return nextBy.some((side) => mySides.includes(side));
}
