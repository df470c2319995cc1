import { z } from 'zod';
import { wireId, wirePage } from '../kernel/wire.js';
import { wireEmail } from './issuing.schema.js';
import { PassView } from './pass.schema.js';

const LIMIT_MAX = 1000;

export const PutTeamMember = z
  .strictObject({
    /** The team's pass. */
    passId: wireId,
    email: wireEmail,
    /** What this member may take in all; null for as much as there is. */
    limitHalfDays: z.int().min(1).max(LIMIT_MAX).nullable(),
  })
  .meta({ id: 'PutTeamMember' });
export type PutTeamMember = z.output<typeof PutTeamMember>;

/** How much, never where or when: a team's days are no timesheet. */
export const TeamMemberView = z
  .strictObject({
    id: wireId,
    passId: wireId,
    name: z.string(),
    email: z.string(),
    state: PassView.shape.state,
    limitHalfDays: z.int().nullable(),
    usedHalfDays: z.int(),
    heldHalfDays: z.int(),
  })
  .meta({ id: 'TeamMember' });
export type TeamMemberView = z.infer<typeof TeamMemberView>;

export const TeamMemberPage = wirePage(TeamMemberView).meta({ id: 'TeamMemberPage' });
export type TeamMemberPage = z.infer<typeof TeamMemberPage>;
