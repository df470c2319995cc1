import { z } from 'zod';
import { wireDay, wirePage } from '../kernel/wire.js';
import { ScanView } from './checkin.schema.js';

export const OveruseQuery = z.strictObject({ day: wireDay }).meta({ id: 'OveruseQuery' });
export type OveruseQuery = z.output<typeof OveruseQuery>;

/** Why somebody has to look at a scan. */
export const OVERUSE_REASONS = [
  'OVERUSE', // let in by a tablet, and nothing of the guest's pays for it
  'WITHDRAWN_SINCE', // let in on a list older than the withdrawal
  'TURNED_AWAY', // counted by us, but the tablet had said no
  'CODE_SEEN_ELSEWHERE', // the same code was shown at another door
] as const;

export const OveruseView = z
  .strictObject({ why: z.enum(OVERUSE_REASONS), scan: ScanView })
  .meta({ id: 'Overuse' });
export type OveruseView = z.infer<typeof OveruseView>;
export const OverusePage = wirePage(OveruseView).meta({ id: 'OverusePage' });
export type OverusePage = z.infer<typeof OverusePage>;
