import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wireLanguage, wirePage } from '../kernel/wire.js';
import { MEMBER_KINDS, MEMBER_STATES } from './member.schema.js';

/** What a charter may ask, each with a check of its own. */
export const COMMITMENTS = [
  'COMMUNITY',
  'OPENNESS',
  'COLLABORATION',
  'ACCESSIBILITY',
  'SUSTAINABILITY',
  'PUBLIC_INTEREST_BRIDGE',
  'DATA_COMMONS',
] as const;
export type CommitmentCode = (typeof COMMITMENTS)[number];

const TITLE_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 4000;
const title = z.string().trim().min(1).max(TITLE_LENGTH_MAX);
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);

/** The same in all five languages: none may be left out. */
function inEveryLanguage<Shape extends z.ZodType>(shape: Shape) {
  return z.strictObject({ en: shape, fr: shape, es: shape, it: shape, ar: shape });
}
const texts = inEveryLanguage(z.strictObject({ title, preamble: text }));
const commitment = z.strictObject({
  code: z.enum(COMMITMENTS),
  texts: inEveryLanguage(z.strictObject({ value: title, commitment: text })),
});
const commitments = z
  .array(commitment)
  .min(1)
  .max(COMMITMENTS.length)
  .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, { message: 'Name each once.' });
export type CharterTexts = z.output<typeof texts>;
export type Commitment = z.output<typeof commitment>;

export const CharterProposal = z.strictObject({ texts, commitments }).meta({ id: 'CharterProposal' });
export type CharterProposal = z.infer<typeof CharterProposal>;

export const PutCharterVersion = z
  .strictObject({ networkId: wireId, texts, commitments })
  .meta({ id: 'PutCharterVersion' });
export type PutCharterVersion = z.output<typeof PutCharterVersion>;

/** Members have until then to sign it. */
export const PutPublication = z.strictObject({ renewBy: inputDay }).meta({ id: 'PutCharterPublication' });
export type PutPublication = z.output<typeof PutPublication>;

export const CharterVersionView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    network: z.string(),
    /** null: a draft. */
    number: z.int().nullable(),
    texts,
    commitments,
    /** SHA-256 of what is signed: texts and commitments in all languages. */
    hash: z.string(),
    createdAt: wireInstant,
    publishedAt: wireInstant.nullable(),
    renewBy: wireDay.nullable(),
  })
  .meta({ id: 'CharterVersion' });
export type CharterVersionView = z.infer<typeof CharterVersionView>;
export const CharterVersionPage = wirePage(CharterVersionView).meta({ id: 'CharterVersionPage' });
export type CharterVersionPage = z.infer<typeof CharterVersionPage>;

export const VersionsQuery = z
  .strictObject({ networkId: wireId.optional() })
  .meta({ id: 'CharterVersionsQuery' });
export type VersionsQuery = z.output<typeof VersionsQuery>;

export const DiffQuery = z
  .strictObject({ against: wireId, language: wireLanguage })
  .meta({ id: 'CharterDiffQuery' });
export type DiffQuery = z.output<typeof DiffQuery>;

const part = z.strictObject({ kind: z.enum(['SAME', 'ADDED', 'REMOVED']), text: z.string() });
export const CharterDiffView = z
  .strictObject({
    from: z.int().nullable(),
    to: z.int().nullable(),
    language: wireLanguage,
    /** The title, the preamble and each commitment, word by word. */
    blocks: z.array(
      z.strictObject({
        block: z.enum(['TITLE', 'PREAMBLE', ...COMMITMENTS]),
        change: z.enum(['SAME', 'CHANGED', 'ADDED', 'REMOVED']),
        parts: z.array(part),
      }),
    ),
  })
  .meta({ id: 'CharterDiff' });
export type CharterDiffView = z.infer<typeof CharterDiffView>;

export const PutComment = z.strictObject({ versionId: wireId, text }).meta({ id: 'PutCharterComment' });
export type PutComment = z.output<typeof PutComment>;
export const CommentView = z
  .strictObject({ id: wireId, versionId: wireId, author: z.string(), text: z.string(), at: wireInstant })
  .meta({ id: 'CharterComment' });
export type CommentView = z.infer<typeof CommentView>;
export const CommentPage = wirePage(CommentView).meta({ id: 'CharterCommentPage' });
export type CommentPage = z.infer<typeof CommentPage>;
export const CommentsQuery = z.strictObject({ versionId: wireId }).meta({ id: 'CharterCommentsQuery' });

/** Who has signed which version when, and how they stand; nobody's name, a place's and an institution's only. */
export const SignatoryView = z
  .strictObject({
    memberId: wireId,
    organisationId: wireId,
    kind: z.enum(MEMBER_KINDS),
    name: z.string(),
    spaceId: wireId.nullable(),
    city: z.string().nullable(),
    country: z.string(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    state: z.enum(MEMBER_STATES),
    since: wireInstant,
    deadline: wireDay.nullable(),
    signatures: z.array(z.strictObject({ number: z.int(), at: wireInstant, language: wireLanguage })),
    /** The signature stays, and was ended then. */
    endedAt: wireInstant.nullable(),
  })
  .meta({ id: 'CharterSignatory' });
export type SignatoryView = z.infer<typeof SignatoryView>;
export const SignatoryPage = wirePage(SignatoryView).meta({ id: 'CharterSignatoryPage' });
export type SignatoryPage = z.infer<typeof SignatoryPage>;
export const SignatoriesQuery = z
  .strictObject({ networkId: wireId.optional(), spaceId: wireId.optional() })
  .meta({ id: 'CharterSignatoriesQuery' });
export type SignatoriesQuery = z.output<typeof SignatoriesQuery>;

/** What the service sees of a promise. NOT_SEEN: nothing in its books can tell. */
export const CheckView = z
  .strictObject({
    code: z.enum(COMMITMENTS),
    state: z.enum(['KEPT', 'NOT_KEPT', 'NOT_SEEN']),
    missing: z.array(z.string()),
  })
  .meta({ id: 'CharterCheck' });
export type CheckView = z.infer<typeof CheckView>;
export const CheckPage = wirePage(CheckView).meta({ id: 'CharterCheckPage' });
export type CheckPage = z.infer<typeof CheckPage>;
