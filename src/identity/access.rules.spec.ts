import fc from 'fast-check';
import { may, mayAppoint } from './access.rules.js';
import { actorOf, type Actor, type Grant } from './actor.js';
import {
  DEVICE_PERMISSIONS,
  OWN_PERMISSIONS,
  ROLE_PERMISSIONS,
  ROLES_IN,
  type OrganisationKind,
  type Permission,
  type Role,
} from './permissions.js';
import { ORGANISATION_KINDS, PERMISSIONS, ROLES } from './permission.schema.js';

/** Two networks; the first has a chapter, each has operators. An operator's id says its network. */
const NETWORKS = ['root', 'chapter', 'other'] as const;
const OPERATORS = NETWORKS.flatMap((network) => [`${network}/a`, `${network}/b`]);
const BELOW: Record<string, string[]> = { root: ['root', 'chapter'], chapter: ['chapter'], other: ['other'] };

const anyRole = fc.constantFrom(...ROLES);
const anyPermission = fc.constantFrom(...PERMISSIONS);
const anyPlace = fc.constantFrom(...OPERATORS).map((operator) => {
  const networkId = operator.split('/')[0]!;
  return { organisationId: operator, networkId };
});
const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  fc
    .record({ role: fc.constantFrom(...ROLES_IN.network), network: fc.constantFrom(...NETWORKS) })
    .map(({ role, network }) => grantIn('network', role, network)),
  fc
    .record({ role: fc.constantFrom(...ROLES_IN.operator), operator: fc.constantFrom(...OPERATORS) })
    .map(({ role, operator }) => grantIn('operator', role, operator)),
);
const anyPerson = fc.array(anyGrant, { maxLength: 4 }).map((grants) => person(...grants));

function grantIn(organisationKind: OrganisationKind, role: Role, organisationId: string): Grant {
  const networkIds =
    organisationKind === 'network' ? BELOW[organisationId]! : [organisationId.split('/')[0]!];
  return { role, organisationId, organisationKind, networkIds };
}

function person(...grants: Grant[]): Actor {
  return actorOf({ kind: 'person', id: 'p', grants });
}

/** nomad, space_staff, space_manager, facilitator, network_admin, network_treasurer, public_sponsor, researcher, platform_admin */
const MATRIX: Record<Permission, string> = {
  'profile:write': 'x...x...x',
  'organisations:write': '....x...x',
  'memberships:write': '..x.x...x',
  'api_keys:write': '....x...x',
  'devices:write': '..x.x...x',
  'networks:write': '....x...x',
  'spaces:write': '..x.x...x',
  'places:read': 'xxxxx.xxx',
  'homes:write': '....x...x',
  'agreements:write': '....x...x',
  'agreements:read': '..x.xx..x',
  'products:write': '....x...x',
  'passes:write': '....x...x',
  'passes:read': 'x...x...x',
  'credentials:write': 'x...x...x',
  'bookings:write': 'xxx.x...x',
  'bookings:read': 'xxx.x...x',
  'scans:write': '.xx.x...x',
  'visits:read': 'xxx.x...x',
  'visits:write': '.xx.x...x',
  'visits:override': '..x.x...x',
  'blocks:write': '..x.x...x',
  'encounters:write': '..xxx...x',
  'windows:read': '..x.xx..x',
  'windows:write': '.....x..x',
  'documents:read': '..x.xxx.x',
  'banking:write': '..x.xx..x',
  'mails:read': '........x',
  'platform:write': '........x',
  'purchases:write': 'x...x...x',
  'payments:read': '....xx..x',
  'payments:write': '....xx..x',
  'impact:read': '...xx.xxx',
  'impact:write': '...xx.xxx',
  'stays:apply': 'x...x...x',
  'stays:answer': '..x.x.x.x',
  'stays:coordinate': '....x...x',
  'stays:pay': '....xxx.x',
  'queues:write': '........x',
  'charter:write': '..x.x.x.x',
  'programmes:read': 'x...xxx.x',
  'programmes:write': '....xxx.x',
  'agents:write': '....x.x.x',
  'vouchers:write': 'x...x...x',
};

describe('the permissions of the roles', () => {
  it.each(PERMISSIONS)('%s is held by exactly the roles of the matrix', (permission) => {
    const held = ROLES.map((role) => (ROLE_PERMISSIONS[role].includes(permission) ? 'x' : '.'));
    expect(held.join('')).toBe(MATRIX[permission]);
  });

  it('grow from staff to manager to network to platform', () => {
    const ladder: Role[] = ['space_staff', 'space_manager', 'network_admin', 'platform_admin'];
    for (const [index, role] of ladder.slice(1).entries()) {
      expect(ROLE_PERMISSIONS[role]).toEqual(expect.arrayContaining([...ROLE_PERMISSIONS[ladder[index]!]]));
    }
  });

  it('let nobody but a treasurer and the platform move money', () => {
    const holders = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('windows:write'));
    expect(holders).toEqual(['network_treasurer', 'platform_admin']);
  });

  it('cover what a device does by what its space’s staff may do', () => {
    expect(ROLE_PERMISSIONS.space_staff).toEqual(expect.arrayContaining([...DEVICE_PERMISSIONS]));
  });

  it('leave no role without an organisation that has it', () => {
    expect(new Set(ORGANISATION_KINDS.flatMap((kind) => ROLES_IN[kind]))).toEqual(new Set(ROLES));
  });
});

describe('may', () => {
  it('never takes something away for one more role', () => {
    fc.assert(
      fc.property(anyPerson, anyGrant, anyPermission, anyPlace, (actor, grant, permission, at) => {
        const promoted = person(...actor.grants, grant);
        return !may(actor, permission, at) || may(promoted, permission, at);
      }),
    );
  });

  it('lets the platform’s administrator do everything everywhere', () => {
    fc.assert(
      fc.property(anyPermission, anyPlace, (permission, at) =>
        may(person(grantIn('network', 'platform_admin', 'other')), permission, at),
      ),
    );
  });

  it('reaches no organisation of a network outside the grants', () => {
    fc.assert(
      fc.property(anyPerson, anyPermission, anyPlace, (actor, permission, at) => {
        const near = actor.grants.some(
          (grant) => grant.role === 'platform_admin' || grant.networkIds.includes(at.networkId),
        );
        return near || !may(actor, permission, at);
      }),
    );
  });

  it('keeps an operator’s people out of the operator next door', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLES_IN.operator), anyPermission, (role, permission) => {
        const at = { organisationId: 'root/b', networkId: 'root' };
        const allowed = may(person(grantIn('operator', role, 'root/a')), permission, at);
        return allowed === (role === 'platform_admin');
      }),
    );
  });

  it('lets an operator’s people read what is their network’s, and write none of it', () => {
    const manager = person(grantIn('operator', 'space_manager', 'root/a'));
    expect(may(manager, 'windows:read', { networkId: 'root' })).toBe(true);
    expect(may(manager, 'spaces:write', { networkId: 'root' })).toBe(false);
    expect(may(manager, 'windows:read', { networkId: 'other' })).toBe(false);
  });

  it('gives everybody who signed in their own things, and nobody else’s', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OWN_PERMISSIONS), anyPlace, (permission, at) => {
        const nomad = person(grantIn('operator', 'nomad', at.organisationId));
        return may(person(), permission, {}) && may(nomad, permission, {}) && !may(nomad, permission, at);
      }),
    );
  });

  it('never allows a key or a device more than its list, whatever the grants', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('api_key', 'device'),
        fc.array(anyGrant, { maxLength: 4 }),
        fc.subarray([...PERMISSIONS]),
        anyPermission,
        (kind, grants, permissions, permission) => {
          const actor = actorOf({ kind, id: 'k', grants, permissions });
          return permissions.includes(permission) || !may(actor, permission, {});
        },
      ),
    );
  });
});

describe('mayAppoint', () => {
  it('lets nobody but the platform make an administrator of the platform', () => {
    fc.assert(
      fc.property(anyPerson, anyPlace, (actor, at) => {
        const isPlatform = actor.grants.some((grant) => grant.role === 'platform_admin');
        return mayAppoint(actor, 'platform_admin', at) === isPlatform;
      }),
    );
  });

  it('needs the permission to write memberships there', () => {
    fc.assert(
      fc.property(anyPerson, anyRole, anyPlace, (actor, role, at) => {
        return !mayAppoint(actor, role, at) || may(actor, 'memberships:write', at);
      }),
    );
  });
});
