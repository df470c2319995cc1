/** The closed lists the wire knows: permissions, roles, kinds of organisation. */

export const PERMISSIONS = [
  'profile:write',
  'organisations:write',
  'memberships:write',
  'api_keys:write',
  'devices:write',
  'networks:write',
  'spaces:write',
  'places:read',
  'homes:write',
  'agreements:write',
  'agreements:read',
  'products:write',
  'passes:write',
  'passes:read',
  'credentials:write',
  'bookings:write',
  'bookings:read',
  'scans:write',
  'visits:read',
  'visits:write',
  'visits:override',
  'blocks:write',
  'encounters:write',
  'windows:read',
  'windows:write',
  'documents:read',
  'banking:write',
  'purchases:write',
  'payments:read',
  'payments:write',
  'impact:read',
  'impact:write',
  'stays:apply',
  'stays:answer',
  'stays:coordinate',
  'stays:pay',
  'queues:write',
  'mails:read',
  'platform:write',
  'charter:write',
  'programmes:read',
  'programmes:write',
  'agents:write',
  'vouchers:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What an operator can let another organisation do for its spaces. */
export const TASKS = ['CALENDAR', 'BOOKINGS', 'BILLING', 'REPORTS', 'CHARTER'] as const;
export type Task = (typeof TASKS)[number];

export const ROLES = [
  'nomad',
  'space_staff',
  'space_manager',
  'facilitator',
  'network_admin',
  'network_treasurer',
  'public_sponsor',
  'researcher',
  'platform_admin',
] as const;
export type Role = (typeof ROLES)[number];

export const ORGANISATION_KINDS = ['operator', 'network', 'institution'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
