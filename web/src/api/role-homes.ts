import type { SessionView } from '@wire/identity/session.schema.js';

type Role = SessionView['grants'][number]['role'];

/** Where each role begins. The first that somebody has is theirs, until they choose another on this device. */
export const ROLE_HOMES: readonly (readonly [Role, string])[] = [
  ['network_treasurer', '/network'],
  ['network_admin', '/network'],
  ['platform_admin', '/network'],
  ['space_manager', '/space'],
  ['space_staff', '/desk'],
  ['facilitator', '/home/facilitator'],
  ['public_sponsor', '/home/public_sponsor'],
  ['researcher', '/home/researcher'],
  ['nomad', '/me/pass'],
];
const CHOSEN_KEY = 'escale.role';

/** Everybody is a nomad, with or without a role. */
export function rolesOf(session: SessionView): Role[] {
  const held = new Set(session.grants.map(({ role }) => role));
  return ROLE_HOMES.map(([role]) => role).filter((role) => role === 'nomad' || held.has(role));
}

export function homeOf(session: SessionView | null): string {
  if (!session) return '/';
  const roles = rolesOf(session);
  const chosen = localStorage.getItem(CHOSEN_KEY);
  const role = roles.find((one) => one === chosen) ?? roles[0];
  return ROLE_HOMES.find(([one]) => one === role)?.[1] ?? '/me/pass';
}

export function chooseRole(role: Role): void {
  localStorage.setItem(CHOSEN_KEY, role);
}
