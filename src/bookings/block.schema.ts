import { z } from 'zod';
import { wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 2000;
const statement = z.string().trim().min(1).max(TEXT_LENGTH_MAX);

/** Why a space does not let somebody in any more; the statement says it in its own words. */
export const BLOCK_REASONS = ['HOUSE_RULES', 'DAMAGE', 'HARASSMENT', 'SAFETY', 'MISUSE', 'OTHER'] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** The last day of the block, or none: until it is lifted. */
export const PutBlock = z
  .strictObject({
    spaceId: wireId,
    personId: wireId,
    reason: z.enum(BLOCK_REASONS),
    statement,
    until: wireDay.optional(),
  })
  .meta({ id: 'PutBlock' });
export type PutBlock = z.output<typeof PutBlock>;

export const PutAppeal = z.strictObject({ statement }).meta({ id: 'PutAppeal' });
export type PutAppeal = z.output<typeof PutAppeal>;

export const PutAppealDecision = z
  .strictObject({ outcome: z.enum(['UPHELD', 'LIFTED']), statement })
  .meta({ id: 'PutAppealDecision' });
export type PutAppealDecision = z.output<typeof PutAppealDecision>;

/** Of a space for its managers; of a network, its appeals for its administrators; without either, one's own. */
export const BlocksQuery = z
  .strictObject({ spaceId: wireId.optional(), networkId: wireId.optional() })
  .meta({ id: 'BlocksQuery' });
export type BlocksQuery = z.output<typeof BlocksQuery>;

const said = { statement: z.string(), createdAt: wireInstant };
export const BlockView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    spaceName: z.string(),
    /** Of whoever is blocked; null when it is oneself. */
    firstName: z.string().nullable(),
    reason: z.enum(BLOCK_REASONS),
    statement: z.string(),
    until: wireDay.nullable(),
    createdAt: wireInstant,
    state: z.enum(['IN_FORCE', 'ENDED', 'LIFTED']),
    appeal: z.strictObject(said).nullable(),
    decision: z.strictObject({ outcome: z.enum(['UPHELD', 'LIFTED']), ...said }).nullable(),
  })
  .meta({ id: 'Block' });
export type BlockView = z.infer<typeof BlockView>;
export const BlockPage = wirePage(BlockView).meta({ id: 'BlockPage' });
export type BlockPage = z.infer<typeof BlockPage>;
