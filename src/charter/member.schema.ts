import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wireLanguage, wirePage } from '../kernel/wire.js';

export const MEMBER_KINDS = ['SPACE', 'INSTITUTION'] as const;
export const MEMBER_STATES = [
  'INTERESTED',
  'APPLIED',
  'ASSESSED',
  'RETURNED',
  'REVIEWED',
  'PROVISIONAL',
  'ACTIVE',
  'RENEWAL_DUE',
  'CHARTER_LAPSED',
  'SUSPENDED',
  'TERMINATING',
  'CLOSING',
  'EXITED',
] as const;
export type MemberState = (typeof MEMBER_STATES)[number];
export const COMMANDS = [
  'APPLY',
  'ASSESS',
  'RECOMMEND',
  'RETURN',
  'FOUND',
  'SIGN',
  'CONFIRM',
  'RENEW',
  'LAPSE',
  'SUSPEND',
  'RESTORE',
  'TERMINATE',
  'WITHDRAW',
  'CLOSE',
  'SETTLE',
] as const;
export type Command = (typeof COMMANDS)[number];

/** The ten topics of La Réunion des Tiers-Lieux' charter, scored from 0 to 5 every year. */
export const TOPICS = [
  'SOCIAL_LINKS',
  'TERRITORY',
  'EMPOWERMENT',
  'ENVIRONMENT',
  'INCLUSION',
  'GOVERNANCE',
  'COOPERATION',
  'HYBRID_ACTIVITIES',
  'SHARED_PLACE',
  'COMMONS',
] as const;
export const SCORE_MAX = 5;
export const GROUNDS = [
  'CHARTER_BREACH',
  'SAFETY',
  'DISCRIMINATION',
  'UNPAID_DEBT',
  'FALSE_ASSESSMENT',
  'LEGAL_ORDER',
] as const;
export type Grounds = (typeof GROUNDS)[number];
export const VAT_REGIMES = [
  'STANDARD',
  'OPTED',
  'EXEMPT_LETTING',
  'SME_DOMESTIC',
  'SME_CROSS_BORDER',
  'NON_PROFIT_EXEMPT',
  'NON_EU',
] as const;

const LINE_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 4000;
/** A statement of reasons says something. */
const REASONS_LENGTH_MIN = 20;
const line = z.string().trim().min(1).max(LINE_LENGTH_MAX);
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const reasons = z.string().trim().min(REASONS_LENGTH_MIN).max(TEXT_LENGTH_MAX);

/** A space of an operator's, or an institution under the charter of a network. */
export const PutMember = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('SPACE'), spaceId: wireId }),
    z.strictObject({ kind: z.literal('INSTITUTION'), organisationId: wireId, networkId: wireId }),
  ])
  .meta({ id: 'PutCharterMember' });
export type PutMember = z.output<typeof PutMember>;

export const PutApplication = z
  .strictObject({
    legalName: line,
    registrationNumber: line.nullable().default(null),
    address: line,
    vatRegime: z.enum(VAT_REGIMES),
    openSince: inputDay,
  })
  .meta({ id: 'PutCharterApplication' });
export type PutApplication = z.output<typeof PutApplication>;

const topicAnswer = z.strictObject({
  topic: z.enum(TOPICS),
  score: z.int().min(0).max(SCORE_MAX),
  evidence: z.string().trim().max(TEXT_LENGTH_MAX),
});
export type TopicAnswer = z.output<typeof topicAnswer>;
export const PutAssessment = z
  .strictObject({
    answers: z
      .array(topicAnswer)
      .length(TOPICS.length)
      .refine((answers) => new Set(answers.map(({ topic }) => topic)).size === TOPICS.length, {
        message: 'Answer each topic once.',
      }),
  })
  .meta({ id: 'PutSelfAssessment' });
export type PutAssessment = z.output<typeof PutAssessment>;

export const PutPeerReview = z
  .strictObject({
    reviewerSpaceId: wireId,
    verdict: z.enum(['RECOMMENDED', 'RETURNED']),
    reasons,
    /** The reviewer says so; what the service can see itself, it checks. */
    hasNoInterest: z.literal(true),
  })
  .meta({ id: 'PutPeerReview' });
export type PutPeerReview = z.output<typeof PutPeerReview>;

export const PutSignature = z
  .strictObject({
    versionId: wireId,
    /** Of the text that was read; the signature is refused when it is another. */
    hash: z.string().length(64),
    language: wireLanguage,
    method: z.enum(['SIMPLE', 'ADVANCED', 'QUALIFIED']).default('SIMPLE'),
    signerName: line,
    signerRole: line,
  })
  .meta({ id: 'PutCharterSignature' });
export type PutSignature = z.output<typeof PutSignature>;

export const PutSuspension = z
  .strictObject({ ground: z.enum(GROUNDS), reasons, untilDay: inputDay.nullable().default(null) })
  .meta({ id: 'PutCharterSuspension' });
export type PutSuspension = z.output<typeof PutSuspension>;

/** From `day` on the member is one no more. */
export const PutLeaving = z.strictObject({ day: inputDay, reasons }).meta({ id: 'PutCharterLeaving' });
export type PutLeaving = z.output<typeof PutLeaving>;

export const PutClosing = z.strictObject({ reasons }).meta({ id: 'PutCharterClosing' });
export type PutClosing = z.output<typeof PutClosing>;

/** Nothing is owed any more, or it is agreed how it will be paid. */
export const PutFinalSettlement = z
  .strictObject({ paymentPlan: text.nullable().default(null) })
  .meta({ id: 'PutFinalSettlement' });
export type PutFinalSettlement = z.output<typeof PutFinalSettlement>;

export const PutAppeal = z.strictObject({ memberId: wireId, text }).meta({ id: 'PutCharterAppeal' });
export type PutAppeal = z.output<typeof PutAppeal>;
export const PutAppealDecision = z
  .strictObject({ outcome: z.enum(['UPHELD', 'REJECTED']), statement: reasons })
  .meta({ id: 'PutCharterAppealDecision' });
export type PutAppealDecision = z.output<typeof PutAppealDecision>;

const named = z.strictObject({ id: wireId, name: z.string() });
export const StepView = z.strictObject({
  id: wireId,
  command: z.enum(COMMANDS),
  from: z.enum(MEMBER_STATES),
  to: z.enum(MEMBER_STATES),
  ground: z.enum(GROUNDS).nullable(),
  reasons: z.string().nullable(),
  untilDay: wireDay.nullable(),
  by: z.string(),
  at: wireInstant,
});
export type StepView = z.infer<typeof StepView>;
export const AppealView = z
  .strictObject({
    id: wireId,
    memberId: wireId,
    stepId: wireId,
    text: z.string(),
    at: wireInstant,
    outcome: z.enum(['UPHELD', 'REJECTED']).nullable(),
    statement: z.string().nullable(),
    decidedAt: wireInstant.nullable(),
  })
  .meta({ id: 'CharterAppeal' });
export type AppealView = z.infer<typeof AppealView>;

const memberShape = {
  id: wireId,
  kind: z.enum(MEMBER_KINDS),
  networkId: wireId,
  organisation: named,
  space: z.strictObject({ id: wireId, name: z.string(), city: z.string(), country: z.string() }).nullable(),
  state: z.enum(MEMBER_STATES),
  since: wireInstant,
  /** To sign by, or the day it leaves. */
  deadline: wireDay.nullable(),
};
export const MemberListItem = z.strictObject(memberShape).meta({ id: 'CharterMemberListItem' });
export type MemberListItem = z.infer<typeof MemberListItem>;
export const MemberPage = wirePage(MemberListItem).meta({ id: 'CharterMemberPage' });
export type MemberPage = z.infer<typeof MemberPage>;

export const MemberView = z
  .strictObject({
    ...memberShape,
    /** Who helps it to join. */
    supportedBy: z.string().nullable(),
    /** The version in force for it, and whether it has signed that one. */
    current: z.strictObject({ versionId: wireId, number: z.int(), hasSigned: z.boolean() }).nullable(),
    assessment: z
      .strictObject({
        id: wireId,
        at: wireInstant,
        answers: z.array(topicAnswer),
        atZero: z.array(z.enum(TOPICS)),
        isStillGood: z.boolean(),
      })
      .nullable(),
    reviews: z.array(
      z.strictObject({
        id: wireId,
        reviewer: named,
        country: z.string(),
        verdict: z.enum(['RECOMMENDED', 'RETURNED']),
        reasons: z.string(),
        at: wireInstant,
      }),
    ),
    signatures: z.array(
      z.strictObject({
        id: wireId,
        versionId: wireId,
        number: z.int(),
        hash: z.string(),
        language: wireLanguage,
        method: z.string(),
        signerName: z.string(),
        signerRole: z.string(),
        at: wireInstant,
      }),
    ),
    steps: z.array(StepView),
    appeals: z.array(AppealView),
  })
  .meta({ id: 'CharterMember' });
export type MemberView = z.infer<typeof MemberView>;

/** Of a network and all below it; of a space; or those that a member space may review. */
export const MembersQuery = z
  .strictObject({
    networkId: wireId.optional(),
    spaceId: wireId.optional(),
    organisationId: wireId.optional(),
    reviewableBy: wireId.optional(),
  })
  .refine((query) => Object.values(query).filter((value) => value !== undefined).length === 1, {
    message: 'Name one of networkId, spaceId, organisationId or reviewableBy.',
  })
  .meta({ id: 'CharterMembersQuery' });
export type MembersQuery = z.output<typeof MembersQuery>;
