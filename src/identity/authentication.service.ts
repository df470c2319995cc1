import { Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { DeviceProblems } from './identity.problems.js';
import { DEVICE_PERMISSIONS, KEY_ROLE, type OrganisationKind, type Permission } from './permissions.js';
import { actorOf, type Actor, type ProofKind } from './actor.js';
import { grantsOfOrganisation, grantsOfPerson } from './grants.queries.js';
import { hashSecret } from './secrets.js';
import { isSessionOver } from './session.rules.js';
import { PREVIOUS_TOKEN_SECONDS, rightsHash, rotateForRights } from './session-tokens.js';

export const KEY_PREFIX = 'esk_';
export const DEVICE_PREFIX = 'esd_';
const SEEN_EVERY_SECONDS = 60;
const IDENTITY = namedScope('identity');

type SessionRow = {
  id: string;
  personId: string;
  device: string;
  rightsHash: Buffer | null;
  isPrevious: boolean;
  provedBy: ProofKind | null;
  proofSeconds: number | null;
  lookedAtId: string | null;
  impersonationId: string | null;
  reason: string | null;
  endsAt: Date | null;
  idleSeconds: number;
  lifeSeconds: number;
};
/** Who it is, and the secret that the browser has to carry from now on, when there is a new one. */
export type Recognised = { readonly actor: Actor; readonly newToken: string | null };
type KeyRow = {
  id: string;
  organisationId: string;
  organisationKind: OrganisationKind;
  permissions: Permission[];
};
type DeviceRow = {
  id: string;
  organisationId: string;
  spaceId: string;
  isSeen: boolean;
  isRevoked: boolean;
  isRolled: boolean;
};

/** Finds out who a secret belongs to. Roles are read anew each time: an ended membership acts at once. */
@Injectable()
export class Authentication {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  bySession(token: string): Promise<Recognised | null> {
    return this.db.tx(IDENTITY, async (tx) => {
      const session = await sessionOf(tx, token);
      if (!session) return null;
      const grants = await grantsOfPerson(tx, session.personId, this.clock.now());
      const roles = grants.filter((grant) => !grant.delegation).map((grant) => grant.role);
      if (isSessionOver(session, roles)) return null;
      if (session.idleSeconds >= SEEN_EVERY_SECONDS) {
        await sql(tx, 'UPDATE identity.sessions SET last_seen_at = now() WHERE id = $1', [session.id]);
      }
      const { id, personId, device, provedBy, proofSeconds } = session;
      const proof = provedBy && { by: provedBy, ageSeconds: proofSeconds! };
      const own = actorOf({ kind: 'person', id: personId, grants, session: { id, device, proof } });
      const isOperator = roles.includes('platform_admin');
      const actor = session.lookedAtId && isOperator ? await this.lookedAt(tx, own, session) : own;
      const rights = rightsHash(grants);
      // Made for other rights: what was known of it before must not reach the new ones.
      const isStale = !session.isPrevious && !session.rightsHash?.equals(rights);
      return { actor, newToken: isStale ? await rotateForRights(tx, { id, token }, rights) : null };
    });
  }

  /** Who the operator looks at, with all that they may see, and nothing of what the operator may do. */
  private async lookedAt(
    tx: Tx,
    { session }: Actor,
    { lookedAtId, impersonationId, reason, endsAt }: SessionRow,
  ): Promise<Actor> {
    const grants = await grantsOfPerson(tx, lookedAtId!, this.clock.now());
    const seenBy = {
      impersonationId: impersonationId!,
      reason: reason!,
      endsAt: instantFromDate(endsAt!).toString(),
    };
    return actorOf({ kind: 'person', id: lookedAtId!, grants, session, seenBy });
  }

  byBearer(secret: string): Promise<Actor | null> {
    if (secret.startsWith(KEY_PREFIX)) return this.byKey(secret);
    if (secret.startsWith(DEVICE_PREFIX)) return this.byDevice(secret);
    return Promise.resolve(null);
  }

  private byKey(secret: string): Promise<Actor | null> {
    return this.db.read(IDENTITY, async (on) => {
      const [key] = await sql<KeyRow>(
        on,
        `SELECT key.id, key.organisation_id AS "organisationId", organisation.kind AS "organisationKind",
           key.permissions
         FROM identity.api_keys key JOIN identity.organisations organisation ON organisation.id = key.organisation_id
         WHERE key.secret_hash = $1 AND key.revoked_at IS NULL`,
        [hashSecret(secret)],
      );
      if (!key) return null;
      const grants = await grantsOfOrganisation(on, key.organisationId, KEY_ROLE[key.organisationKind]);
      return actorOf({ kind: 'api_key', id: key.id, grants, permissions: key.permissions });
    });
  }

  private byDevice(token: string): Promise<Actor | null> {
    return this.db.tx(IDENTITY, async (tx) => {
      const [device] = await sql<DeviceRow>(
        tx,
        `SELECT id, organisation_id AS "organisationId", space_id AS "spaceId",
           coalesce(last_seen_at > now() - make_interval(secs => ${SEEN_EVERY_SECONDS}), false) AS "isSeen",
           revoked_at IS NOT NULL AS "isRevoked", coalesce(next_token_hash = $1, false) AS "isRolled"
         FROM identity.devices WHERE token_hash = $1 OR next_token_hash = $1`,
        [hashSecret(token)],
      );
      if (!device) return null;
      if (device.isRevoked)
        throw DeviceProblems.revoked('The space has unpaired this device. Its manager can pair it again.');
      if (device.isRolled) await takeNextToken(tx, device.id);
      if (!device.isSeen)
        await sql(tx, 'UPDATE identity.devices SET last_seen_at = now() WHERE id = $1', [device.id]);
      const grants = await grantsOfOrganisation(tx, device.organisationId, 'space_staff');
      const { id, spaceId } = device;
      return actorOf({ kind: 'device', id, spaceId, grants, permissions: DEVICE_PERMISSIONS });
    });
  }
}

/** For a minute after it was replaced, the secret before is still known: requests under way carry it. */
async function sessionOf(tx: Tx, token: string): Promise<SessionRow | undefined> {
  const [session] = await sql<SessionRow>(
    tx,
    `SELECT session.id, session.person_id AS "personId", session.device, session.rights_hash AS "rightsHash",
       session.token_hash <> $1 AS "isPrevious", session.proved_by AS "provedBy",
       extract(epoch FROM now() - session.proved_at)::float8 AS "proofSeconds",
       looking.person_id AS "lookedAtId", looking.id AS "impersonationId", looking.reason, looking.ends_at AS "endsAt",
       extract(epoch FROM now() - session.last_seen_at)::float8 AS "idleSeconds",
       extract(epoch FROM now() - session.created_at)::float8 AS "lifeSeconds"
     FROM identity.sessions session JOIN identity.people person ON person.id = session.person_id
     LEFT JOIN identity.impersonations looking ON looking.id = session.impersonation_id
       AND looking.ended_at IS NULL AND looking.ends_at > now()
     WHERE (session.token_hash = $1 OR (session.previous_token_hash = $1
         AND session.rotated_at > now() - make_interval(secs => ${PREVIOUS_TOKEN_SECONDS})))
       AND session.ended_at IS NULL AND person.switched_off_at IS NULL`,
    [hashSecret(token)],
  );
  return session;
}

/** The new secret has arrived where it belongs: from now on the old one is nobody's. */
async function takeNextToken(tx: Tx, id: string): Promise<void> {
  await sql(
    tx,
    `UPDATE identity.devices SET token_hash = next_token_hash, next_token_hash = NULL, next_token_at = NULL
     WHERE id = $1 AND next_token_hash IS NOT NULL`,
    [id],
  );
}
