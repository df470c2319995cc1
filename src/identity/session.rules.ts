import type { Role } from './permissions.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

type SessionLimits = { readonly idleSeconds: number; readonly lifeSeconds: number };

/** A nomad signs in on their own phone and opens it rarely. */
const NOMAD_LIMITS: SessionLimits = { idleSeconds: 14 * DAY_SECONDS, lifeSeconds: 90 * DAY_SECONDS };
/** Whoever acts for an organisation does so at a desk that others pass by. */
const OFFICE_LIMITS: SessionLimits = { idleSeconds: 30 * MINUTE_SECONDS, lifeSeconds: 12 * HOUR_SECONDS };

/** The longest any session can live: how long the browser keeps the cookie. The server decides the rest. */
export const SESSION_SECONDS_MAX = NOMAD_LIMITS.lifeSeconds;

export function sessionLimits(roles: readonly Role[]): SessionLimits {
  return roles.every((role) => role === 'nomad') ? NOMAD_LIMITS : OFFICE_LIMITS;
}

/** Both ages are measured by the database's own clock, which no demo moves. */
export function isSessionOver(
  age: { readonly idleSeconds: number; readonly lifeSeconds: number },
  roles: readonly Role[],
): boolean {
  const limits = sessionLimits(roles);
  return age.idleSeconds >= limits.idleSeconds || age.lifeSeconds >= limits.lifeSeconds;
}
