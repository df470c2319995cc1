/** Which act may follow which state, and whose it is: the machine of a stay, as data. */
import type { Act, Side, SigningSide, StayState } from './stay.words.schema.js';

type Rule = { readonly from: readonly StayState[]; readonly by: readonly Side[] };

const BEFORE: readonly StayState[] = [
  'DRAFT',
  'EMPLOYER_REVIEW',
  'DEFERRED',
  'MATCHING',
  'MATCHED',
  'AGREEMENT_DRAFT',
  'SIGNING',
  'SIGNED',
  'READY',
];
const AFTER: readonly StayState[] = ['REPORTS_ACCEPTED', 'BALANCE_DUE', 'CLOSED'];
const REPORTING: readonly StayState[] = ['AWAITING_REPORTS', 'OVERDUE'];

export const MACHINE: Readonly<Record<Act, Rule>> = {
  APPLY: { from: ['DRAFT', 'DEFERRED'], by: ['PARTICIPANT'] },
  SUBMIT: { from: ['DRAFT', 'DEFERRED'], by: ['PARTICIPANT'] },
  DECIDE: { from: ['EMPLOYER_REVIEW'], by: ['EMPLOYER'] },
  PROPOSE_MATCH: { from: ['MATCHING'], by: ['COORDINATOR'] },
  ANSWER_MATCH: { from: ['MATCHED'], by: ['PARTICIPANT', 'HOST'] },
  DRAFT_AGREEMENT: { from: ['AGREEMENT_DRAFT', 'SIGNING'], by: ['COORDINATOR'] },
  SIGN: { from: ['SIGNING'], by: ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST', 'GRANT_BODY'] },
  SETTLE_DOCUMENT: { from: ['SIGNED'], by: ['COORDINATOR'] },
  MAKE_READY: { from: ['SIGNED'], by: ['COORDINATOR'] },
  INTERRUPT: { from: ['IN_PROGRESS'], by: ['COORDINATOR', 'HOST', 'PARTICIPANT'] },
  FILE_STATEMENT: { from: REPORTING, by: ['PARTICIPANT', 'HOST'] },
  ACCEPT_REPORTS: { from: REPORTING, by: ['COORDINATOR'] },
  ORDER_BALANCE: { from: ['REPORTS_ACCEPTED'], by: ['GRANT_BODY'] },
  RECORD_PAYMENT: {
    from: ['READY', 'IN_PROGRESS', ...REPORTING, ...AFTER, 'CANCELED'],
    by: ['GRANT_BODY'],
  },
  CANCEL: { from: BEFORE, by: ['PARTICIPANT', 'COORDINATOR'] },
  TELL_STORY: { from: [...REPORTING, ...AFTER], by: ['PARTICIPANT'] },
};

export function isInTime(act: Act, state: StayState): boolean {
  return MACHINE[act].from.includes(state);
}

/** Whom of those that somebody speaks for the act belongs to. */
export function sidesFor(act: Act, sides: ReadonlySet<Side>): Side[] {
  return MACHINE[act].by.filter((side) => sides.has(side));
}

export type Parties = {
  readonly employerId: string;
  readonly legalHostId: string;
  readonly grantBodyId: string;
};

/** Three, or four when whoever grants is none of them. */
export function signersOf({ employerId, legalHostId, grantBodyId }: Parties): SigningSide[] {
  const three: SigningSide[] = ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST'];
  return [employerId, legalHostId].includes(grantBodyId) ? three : [...three, 'GRANT_BODY'];
}

/** What comes next, and whose turn it is. */
export const NEXT: Readonly<Partial<Record<StayState, { act: Act; by: readonly Side[] }>>> = {
  DRAFT: { act: 'SUBMIT', by: ['PARTICIPANT'] },
  EMPLOYER_REVIEW: { act: 'DECIDE', by: ['EMPLOYER'] },
  DEFERRED: { act: 'SUBMIT', by: ['PARTICIPANT'] },
  MATCHING: { act: 'PROPOSE_MATCH', by: ['COORDINATOR'] },
  MATCHED: { act: 'ANSWER_MATCH', by: ['PARTICIPANT', 'HOST'] },
  AGREEMENT_DRAFT: { act: 'DRAFT_AGREEMENT', by: ['COORDINATOR'] },
  SIGNING: { act: 'SIGN', by: ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST', 'GRANT_BODY'] },
  SIGNED: { act: 'SETTLE_DOCUMENT', by: ['COORDINATOR'] },
  AWAITING_REPORTS: { act: 'FILE_STATEMENT', by: ['PARTICIPANT', 'HOST'] },
  OVERDUE: { act: 'FILE_STATEMENT', by: ['PARTICIPANT', 'HOST'] },
  REPORTS_ACCEPTED: { act: 'ORDER_BALANCE', by: ['GRANT_BODY'] },
  BALANCE_DUE: { act: 'RECORD_PAYMENT', by: ['GRANT_BODY'] },
};
