/** Who may do what, as data. */
import {
  PERMISSIONS,
  ROLES,
  type OrganisationKind,
  type Permission,
  type Role,
  type Task,
} from './permission.schema.js';

export type { OrganisationKind, Permission, Role, Task };

/** What everybody who signed in may do with what is their own. */
export const OWN_PERMISSIONS = [
  'profile:write',
  'places:read',
  'credentials:write',
  'passes:read',
  'bookings:write',
  'bookings:read',
  'visits:read',
  'purchases:write',
  'stays:apply',
  'programmes:read',
  'vouchers:write',
] as const satisfies Permission[];

/** What a door device may do, and nothing else. */
export const DEVICE_PERMISSIONS = [
  'scans:write',
  'visits:read',
  'visits:write',
  'bookings:read',
] as const satisfies Permission[];

const STAFF: readonly Permission[] = [...DEVICE_PERMISSIONS, 'bookings:write', 'places:read'];

/** A platform's technical operator is everywhere; only they and treasurers move money between parties. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  nomad: OWN_PERMISSIONS,
  space_staff: STAFF,
  space_manager: [
    ...STAFF,
    'spaces:write',
    'devices:write',
    'visits:override',
    'blocks:write',
    'encounters:write',
    'memberships:write',
    'agreements:read',
    'windows:read',
    'documents:read',
    'banking:write',
    'stays:answer',
    'charter:write',
  ],
  facilitator: ['places:read', 'encounters:write', 'impact:read', 'impact:write'],
  network_admin: PERMISSIONS.filter(
    (permission) => !['windows:write', 'mails:read', 'queues:write', 'platform:write'].includes(permission),
  ),
  network_treasurer: [
    'agreements:read',
    'windows:read',
    'windows:write',
    'documents:read',
    'banking:write',
    'payments:read',
    'payments:write',
    'stays:pay',
    'programmes:read',
    'programmes:write',
  ],
  public_sponsor: [
    'places:read',
    'impact:read',
    'impact:write',
    'stays:answer',
    'stays:pay',
    'charter:write',
    'programmes:read',
    'programmes:write',
    'agents:write',
    'documents:read',
  ],
  researcher: ['places:read', 'impact:read', 'impact:write'],
  platform_admin: PERMISSIONS,
};

/** What each task needs, and no more: an organisation that helps is no manager. */
export const TASK_PERMISSIONS: Readonly<Record<Task, readonly Permission[]>> = {
  CALENDAR: ['spaces:write'],
  BOOKINGS: ['bookings:read', 'bookings:write', 'visits:read', 'visits:write', 'scans:write'],
  BILLING: ['documents:read', 'windows:read', 'agreements:read', 'banking:write'],
  REPORTS: ['windows:read', 'documents:read', 'agreements:read', 'visits:read', 'bookings:read'],
  CHARTER: ['charter:write'],
};

/** Which roles an organisation of a kind has. */
export const ROLES_IN: Readonly<Record<OrganisationKind, readonly Role[]>> = {
  operator: ['nomad', 'space_staff', 'space_manager', 'facilitator', 'platform_admin'],
  network: ['nomad', 'facilitator', 'network_admin', 'network_treasurer', 'researcher', 'platform_admin'],
  institution: ['nomad', 'public_sponsor', 'researcher', 'platform_admin'],
};

/** Whom somebody with `memberships:write` may appoint: nobody above themselves. */
export const APPOINTS: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  space_manager: ROLES_IN.operator.filter((role) => role !== 'platform_admin'),
  network_admin: ROLES.filter((role) => role !== 'platform_admin'),
  platform_admin: ROLES,
};

/** What a key of an organisation can be allowed at most: as much as the role that runs it. */
export const KEY_ROLE: Readonly<Record<OrganisationKind, Role>> = {
  operator: 'space_manager',
  network: 'network_admin',
  institution: 'public_sponsor',
};
