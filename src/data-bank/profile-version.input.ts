import { z } from 'zod';
import { SpaceProfile } from '../directory/index.js';
import { inputDay } from '../kernel/wire.js';

/** A whole profile, as it will be from a later day of the space on. */
export const PutProfileVersion = z
  .strictObject({ validFrom: inputDay, profile: SpaceProfile })
  .meta({ id: 'PutProfileVersion' });
export type PutProfileVersion = z.output<typeof PutProfileVersion>;
