/**
 * Above one million euros in twelve months, whoever issues for a limited network tells its authority (Directive (EU)
 * 2015/2366, art. 37(2)). Each issuer counts for its own country: excluded services have no passport.
 */
export const VOLUME_LIMIT_MINOR = 100_000_000n;
export const VOLUME_UNIT = 'EUR' as const;
export const VOLUME_MONTHS = 12;
const NEAR_PERCENT = 80n;

export type VolumeLevel = 'BELOW' | 'NEAR' | 'OVER';

/** Near from eighty in a hundred on; over only above the limit itself. */
export function volumeLevel(minor: bigint): VolumeLevel {
  if (minor > VOLUME_LIMIT_MINOR) return 'OVER';
  return minor * 100n >= VOLUME_LIMIT_MINOR * NEAR_PERCENT ? 'NEAR' : 'BELOW';
}
