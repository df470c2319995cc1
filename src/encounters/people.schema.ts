import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { plain, wireText } from './encounter.schema.js';

const NAME_LENGTH_MAX = 60;
const SKILLS_LENGTH_MAX = 500;

/** "I come": what others who come, and whoever facilitates, may see of a stay. */
export const PutSharing = z
  .strictObject({
    spaceId: wireId,
    fromDay: inputDay,
    untilDay: inputDay,
    /** What I do, and whom I would like to meet. */
    skills: plain(SKILLS_LENGTH_MAX),
    consent: z.literal(true),
  })
  .refine(({ fromDay, untilDay }) => fromDay.toString() <= untilDay.toString(), {
    message: 'The last day is not before the first one.',
    path: ['untilDay'],
  })
  .meta({ id: 'PutSharing' });
export type PutSharing = z.output<typeof PutSharing>;

export const SharingView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    spaceName: z.string(),
    fromDay: wireDay,
    untilDay: wireDay,
    skills: z.string(),
    state: z.enum(['SHARED', 'WITHDRAWN']),
  })
  .meta({ id: 'Sharing' });
export type SharingView = z.infer<typeof SharingView>;
export const SharingPage = wirePage(SharingView).meta({ id: 'SharingPage' });
export type SharingPage = z.infer<typeof SharingPage>;

export const ComersQuery = z.strictObject({ spaceId: wireId }).meta({ id: 'ComersQuery' });
export type ComersQuery = z.output<typeof ComersQuery>;
/** Somebody who said so: a first name, and what they told. */
export const ComerView = z
  .strictObject({
    sharingId: wireId,
    firstName: z.string(),
    skills: z.string(),
    fromDay: wireDay,
    untilDay: wireDay,
    isMe: z.boolean(),
  })
  .meta({ id: 'Comer' });
export type ComerView = z.infer<typeof ComerView>;
export const ComerPage = wirePage(ComerView).meta({ id: 'ComerPage' });
export type ComerPage = z.infer<typeof ComerPage>;

export const PutIntroduction = z
  .strictObject({ oneSharingId: wireId, otherSharingId: wireId, note: wireText })
  .meta({ id: 'PutIntroduction' });
export type PutIntroduction = z.output<typeof PutIntroduction>;
export const IntroductionView = z
  .strictObject({
    id: wireId,
    spaceName: z.string(),
    note: z.string(),
    introducedAt: wireInstant,
    /** null once somebody of the two shares nothing any more. */
    other: z.strictObject({ firstName: z.string(), skills: z.string() }).nullable(),
    outcome: z.enum(['CONTACT', 'PROJECT', 'NOTHING']).nullable(),
  })
  .meta({ id: 'Introduction' });
export type IntroductionView = z.infer<typeof IntroductionView>;
export const IntroductionPage = wirePage(IntroductionView).meta({ id: 'IntroductionPage' });
export type IntroductionPage = z.infer<typeof IntroductionPage>;
export const IntroductionMadeView = z
  .strictObject({ id: wireId, introducedAt: wireInstant })
  .meta({ id: 'IntroductionMade' });
export type IntroductionMadeView = z.infer<typeof IntroductionMadeView>;
export const PutIntroductionOutcome = z
  .strictObject({ outcome: z.enum(['CONTACT', 'PROJECT', 'NOTHING']) })
  .meta({ id: 'PutIntroductionOutcome' });
export type PutIntroductionOutcome = z.output<typeof PutIntroductionOutcome>;

/** Whom to ask for, by a first name, and something to share that day. */
export const PutWelcome = z
  .strictObject({
    note: wireText,
    askFor: plain(NAME_LENGTH_MAX),
    /** Whoever is named said yes. */
    namedAgreed: z.literal(true),
    moment: plain(SKILLS_LENGTH_MAX).nullable(),
  })
  .meta({ id: 'PutWelcome' });
export type PutWelcome = z.output<typeof PutWelcome>;
export const WelcomeView = z
  .strictObject({ spaceId: wireId, note: z.string(), askFor: z.string(), moment: z.string().nullable() })
  .meta({ id: 'Welcome' });
export type WelcomeView = z.infer<typeof WelcomeView>;

export const WORKSTREAMS = [
  'data_bank',
  'connected_places',
  'charter',
  'immersion_stays',
  'public_agents',
] as const;
export const wireWorkstream = z.enum(WORKSTREAMS);
export const PutWorkstreamEntry = z
  .strictObject({ networkId: wireId, kind: z.enum(['MINUTES', 'PROPOSAL', 'DECISION']), text: wireText })
  .meta({ id: 'PutWorkstreamEntry' });
export type PutWorkstreamEntry = z.output<typeof PutWorkstreamEntry>;
export const WorkstreamView = z
  .strictObject({
    workstream: wireWorkstream,
    proposition: z.string(),
    /** The page that answers it. */
    answeredAt: z.string(),
    state: z.enum(['PROPOSED', 'AT_WORK', 'DECIDED']),
    members: z.int(),
    isMember: z.boolean(),
    entries: z.array(
      z.strictObject({
        id: wireId,
        kind: z.enum(['MINUTES', 'PROPOSAL', 'DECISION']),
        text: z.string(),
        network: z.string(),
        day: wireDay,
      }),
    ),
  })
  .meta({ id: 'Workstream' });
export type WorkstreamView = z.infer<typeof WorkstreamView>;
export const WorkstreamPage = wirePage(WorkstreamView).meta({ id: 'WorkstreamPage' });
export type WorkstreamPage = z.infer<typeof WorkstreamPage>;
export const PutWorkstreamMember = z.strictObject({ networkId: wireId }).meta({ id: 'PutWorkstreamMember' });
export type PutWorkstreamMember = z.output<typeof PutWorkstreamMember>;
