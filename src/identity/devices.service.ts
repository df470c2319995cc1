import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, sqlState, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope } from '../platform/scope.js';
import { demand } from './access.js';
import { scopeOf, type Actor } from './actor.js';
import { DEVICE_PREFIX } from './authentication.service.js';
import { AccessProblems, DeviceProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { wireMoment, type Moment } from './memberships.queries.js';
import type { DeviceView, EnrolmentView, PutDevice } from './organisation.schema.js';
import { atOrganisation, Organisations } from './organisations.service.js';
import { codeAsTyped, hashSecret, newCode, newSecret } from './secrets.js';

const CODE_MINUTES = 10;
const FOREIGN_KEY_VIOLATION = '23503';
const NOT_NULL_VIOLATION = '23502';

type Row = Omit<DeviceView, 'createdAt' | 'enrolledAt' | 'lastSeenAt' | 'revokedAt' | 'enrolmentCode'> & {
  lastSeenAt: Moment | null;
  createdAt: Moment;
  enrolledAt: Moment | null;
  revokedAt: Moment | null;
};

@Injectable()
export class Devices {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly limits: Limits,
  ) {}

  /** Each call gives a fresh code that replaces the one before, until the device is enrolled. */
  async put(actor: Actor, id: string, body: PutDevice): Promise<DeviceView> {
    const organisation = await this.organisations.get(body.organisationId);
    demand(actor, 'devices:write', atOrganisation(organisation));
    return this.db.tx(scopeOf(actor), async (tx) => {
      await this.insert(tx, { id, networkId: organisation.networkId, ...body });
      const stored = await find(tx, id);
      if (!stored || !isSame(stored, body))
        throw RequestProblems.idReused('Use a new id for another device.');
      return view(stored, await offerCode(tx, id));
    });
  }

  async list(actor: Actor, organisationId: string): Promise<{ items: DeviceView[]; next: null }> {
    const organisation = await this.organisations.get(organisationId);
    demand(actor, 'devices:write', atOrganisation(organisation));
    const rows = await this.db.read(scopeOf(actor), (on) =>
      sql<Row>(on, `${SELECT} WHERE organisation_id = $1 ORDER BY id`, [organisationId]),
    );
    return { items: rows.map((row) => view(row, null)), next: null };
  }

  /** Called by the device itself, which nobody knows yet. A wrong, old or used code is refused alike. */
  async enrol(id: string, code: string, ip: string): Promise<EnrolmentView> {
    this.limits.linkFrom.count(ip);
    this.limits.enrolmentOf.count(id);
    const token = newSecret(DEVICE_PREFIX);
    const [enrolled] = await this.db.tx(namedScope('identity'), (tx) =>
      sql<{ spaceId: string }>(
        tx,
        `UPDATE identity.devices SET token_hash = $3, enrolled_at = $4,
           enrolment_code_hash = NULL, enrolment_expires_at = NULL
         WHERE id = $1 AND enrolment_code_hash = $2 AND enrolment_expires_at > now()
           AND enrolled_at IS NULL AND revoked_at IS NULL RETURNING space_id AS "spaceId"`,
        [id, hashSecret(codeAsTyped(code)), hashSecret(token), this.clock.now().toString()],
      ),
    );
    if (!enrolled) {
      throw DeviceProblems.codeRefused('Ask the space for a fresh code: each works once, for ten minutes.');
    }
    return { token, deviceId: id, spaceId: enrolled.spaceId };
  }

  /** The device that asks, about itself. */
  async current(actor: Actor): Promise<DeviceView> {
    if (actor.kind !== 'device') throw AccessProblems.denied('Only an enrolled device can ask this.');
    const device = await this.db.read(scopeOf(actor), (on) => find(on, actor.id));
    if (!device) throw deviceNotFound(actor.id);
    return view(device, null);
  }

  /** Its token stops at once, and a fresh code pairs it again: for a tablet that changed hands. */
  async renew(actor: Actor, id: string): Promise<DeviceView> {
    return this.db.tx(scopeOf(actor), async (tx) => {
      const device = await find(tx, id);
      if (!device) throw deviceNotFound(id);
      const organisation = await this.organisations.find(tx, device.organisationId);
      demand(actor, 'devices:write', atOrganisation(organisation));
      await sql(
        tx,
        `UPDATE identity.devices SET token_hash = NULL, next_token_hash = NULL, next_token_at = NULL, enrolled_at = NULL
          WHERE id = $1 AND revoked_at IS NULL`,
        [id],
      );
      return view((await find(tx, id))!, await offerCode(tx, id));
    });
  }

  /**
   * A new secret for the device that asks. The one it has works until the new one is used for the first time,
   * and asking again replaces what was offered before: a lost answer locks no tablet out.
   */
  async roll(actor: Actor, id: string): Promise<EnrolmentView> {
    if (actor.id !== id || actor.spaceId === null)
      throw AccessProblems.denied('Only the enrolled device itself can ask this.');
    const token = newSecret(DEVICE_PREFIX);
    await this.db.tx(namedScope('identity'), (tx) =>
      sql(tx, 'UPDATE identity.devices SET next_token_hash = $2, next_token_at = $3 WHERE id = $1', [
        actor.id,
        hashSecret(token),
        this.clock.now().toString(),
      ]),
    );
    return { token, deviceId: actor.id, spaceId: actor.spaceId };
  }

  async revoke(actor: Actor, id: string): Promise<DeviceView> {
    return this.db.tx(scopeOf(actor), async (tx) => {
      const device = await find(tx, id);
      if (!device) throw deviceNotFound(id);
      const organisation = await this.organisations.find(tx, device.organisationId);
      demand(actor, 'devices:write', atOrganisation(organisation));
      await sql(tx, 'UPDATE identity.devices SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
        id,
        this.clock.now().toString(),
      ]);
      return view((await find(tx, id))!, null);
    });
  }

  private async insert(tx: Tx, device: PutDevice & { id: string; networkId: string | null }): Promise<void> {
    try {
      await sql(
        tx,
        `INSERT INTO identity.devices (id, organisation_id, network_id, space_id, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
        [
          device.id,
          device.organisationId,
          device.networkId,
          device.spaceId,
          device.name,
          this.clock.now().toString(),
        ],
      );
    } catch (error) {
      if (![FOREIGN_KEY_VIOLATION, NOT_NULL_VIOLATION].includes(sqlState(error) ?? '')) throw error;
      throw DeviceProblems.spaceUnfit('Name a space that this operator runs.');
    }
  }
}

function deviceNotFound(id: string) {
  return DeviceProblems.notFound(`There is no device ${id} in your reach.`);
}

async function offerCode(tx: Tx, id: string): Promise<string | null> {
  const code = newCode();
  const offered = await sql(
    tx,
    `UPDATE identity.devices SET enrolment_code_hash = $2,
       enrolment_expires_at = now() + make_interval(mins => ${CODE_MINUTES})
     WHERE id = $1 AND enrolled_at IS NULL AND revoked_at IS NULL RETURNING id`,
    [id, hashSecret(code)],
  );
  return offered.length === 1 ? code : null;
}

const SELECT = `
  SELECT id, organisation_id AS "organisationId", space_id AS "spaceId", name,
    created_at AS "createdAt", enrolled_at AS "enrolledAt", last_seen_at AS "lastSeenAt",
    revoked_at AS "revokedAt"
  FROM identity.devices`;

async function find(on: Reader, id: string): Promise<Row | null> {
  const [row] = await sql<Row>(on, `${SELECT} WHERE id = $1`, [id]);
  return row ?? null;
}

function view(row: Row, enrolmentCode: string | null): DeviceView {
  return {
    ...row,
    createdAt: wireMoment(row.createdAt),
    enrolledAt: wireMoment(row.enrolledAt),
    lastSeenAt: wireMoment(row.lastSeenAt),
    revokedAt: wireMoment(row.revokedAt),
    enrolmentCode,
  };
}

function isSame(stored: Row, body: PutDevice): boolean {
  return (['organisationId', 'spaceId', 'name'] as const).every((key) => stored[key] === body[key]);
}
