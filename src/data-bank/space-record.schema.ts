import { z } from 'zod';
import { wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const VALUE_LENGTH_MAX = 200;

/** The name of another system, such as `osm`, `wikidata` or the source of an import. */
export const wireScheme = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,39}$/, 'Small letters, digits, dots, hyphens');
export const wireIdentityValue = z.string().trim().min(1).max(VALUE_LENGTH_MAX);

export const PutExternalIdentity = z
  .strictObject({ value: wireIdentityValue })
  .meta({ id: 'PutExternalIdentity' });
export type PutExternalIdentity = z.output<typeof PutExternalIdentity>;

export const ExternalIdentityView = z
  .strictObject({ spaceId: wireId, scheme: z.string(), value: z.string() })
  .meta({ id: 'ExternalIdentity' });
export type ExternalIdentityView = z.infer<typeof ExternalIdentityView>;

/** What a space told of itself at a time. Nobody is named in it. */
export const ProfileVersionView = z
  .strictObject({
    number: z.int(),
    validFrom: wireDay,
    /** The first day on which another one holds; null while none does. */
    validUntil: wireDay.nullable(),
    state: z.enum(['PAST', 'IN_FORCE', 'ANNOUNCED']),
    /** Parts that differ from the version before. */
    changed: z.array(z.string()),
    /** Told to those who write it. */
    writtenBy: z.string().nullable(),
    writtenAt: wireInstant,
    amenities: z.array(z.string()),
    languages: z.array(z.string()),
    houseRules: z.string().nullable(),
    accessibility: z.record(
      z.string(),
      z.strictObject({ value: z.union([z.string(), z.int()]).nullable(), checkedOn: wireDay.nullable() }),
    ),
  })
  .meta({ id: 'ProfileVersion' });
export type ProfileVersionView = z.infer<typeof ProfileVersionView>;
export const ProfileVersionPage = wirePage(ProfileVersionView).meta({ id: 'ProfileVersionPage' });
export type ProfileVersionPage = z.infer<typeof ProfileVersionPage>;
