import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { demand } from './access.js';
import { scopeOf, type Actor } from './actor.js';
import { KEY_PREFIX } from './authentication.service.js';
import { ApiKeyProblems } from './identity.problems.js';
import { wireMoment, type Moment } from './memberships.queries.js';
import type { ApiKeyView, PutApiKey } from './organisation.schema.js';
import { atOrganisation, Organisations, type Organisation } from './organisations.service.js';
import { KEY_ROLE, ROLE_PERMISSIONS } from './permissions.js';
import { hashSecret, newSecret } from './secrets.js';

/** Enough of a key to recognise it in a list, and too little to use it. */
const SHOWN_LENGTH = 10;

type Row = Omit<ApiKeyView, 'createdAt' | 'revokedAt' | 'key'> & {
  createdAt: Moment;
  revokedAt: Moment | null;
};

@Injectable()
export class ApiKeys {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
  ) {}

  /** The key itself is in the first answer only. If that got lost, revoke the key and make another. */
  async put(actor: Actor, id: string, body: PutApiKey): Promise<ApiKeyView> {
    const organisation = await this.organisations.get(body.organisationId);
    demandKey(actor, body, organisation);
    const key = newSecret(KEY_PREFIX);
    return this.db.tx(scopeOf(actor), async (tx) => {
      const inserted = await sql(
        tx,
        `INSERT INTO identity.api_keys (id, organisation_id, network_id, name, prefix, secret_hash, permissions, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [
          id,
          organisation.id,
          organisation.networkId,
          body.name,
          key.slice(0, SHOWN_LENGTH),
          hashSecret(key),
          body.permissions,
          this.clock.now().toString(),
        ],
      );
      const stored = await find(tx, id);
      if (!stored || !isSame(stored, body)) throw RequestProblems.idReused('Use a new id for another key.');
      return view(stored, inserted.length === 1 ? key : null);
    });
  }

  async list(actor: Actor, organisationId: string): Promise<{ items: ApiKeyView[]; next: null }> {
    const organisation = await this.organisations.get(organisationId);
    demand(actor, 'api_keys:write', atOrganisation(organisation));
    const rows = await this.db.read(scopeOf(actor), (on) =>
      sql<Row>(on, `${SELECT} WHERE organisation_id = $1 ORDER BY id`, [organisationId]),
    );
    return { items: rows.map((row) => view(row, null)), next: null };
  }

  async revoke(actor: Actor, id: string): Promise<ApiKeyView> {
    return this.db.tx(scopeOf(actor), async (tx) => {
      const key = await find(tx, id);
      if (!key) throw ApiKeyProblems.notFound(`There is no API key ${id} in your reach.`);
      const organisation = await this.organisations.find(tx, key.organisationId);
      demand(actor, 'api_keys:write', atOrganisation(organisation));
      await sql(tx, 'UPDATE identity.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
        id,
        this.clock.now().toString(),
      ]);
      return view((await find(tx, id))!, null);
    });
  }
}

/** Nobody gives a program more than they may do themselves, nor more than such an organisation's programs can. */
function demandKey(actor: Actor, { permissions }: PutApiKey, organisation: Organisation): void {
  const at = atOrganisation(organisation);
  demand(actor, 'api_keys:write', at);
  const fit = ROLE_PERMISSIONS[KEY_ROLE[organisation.kind]];
  const unfit = permissions.filter(
    (permission) => permission === 'profile:write' || !fit.includes(permission),
  );
  if (unfit.length > 0) {
    throw ApiKeyProblems.permissionUnfit(`Leave out: ${unfit.join(', ')}.`, { permissions: unfit });
  }
  for (const permission of permissions) demand(actor, permission, at);
}

const SELECT = `
  SELECT id, organisation_id AS "organisationId", name, prefix, permissions,
    created_at AS "createdAt", revoked_at AS "revokedAt"
  FROM identity.api_keys`;

async function find(on: Reader, id: string): Promise<Row | null> {
  const [row] = await sql<Row>(on, `${SELECT} WHERE id = $1`, [id]);
  return row ?? null;
}

function view(row: Row, key: string | null): ApiKeyView {
  return { ...row, createdAt: wireMoment(row.createdAt), revokedAt: wireMoment(row.revokedAt), key };
}

function isSame(stored: Row, body: PutApiKey): boolean {
  const sorted = (permissions: readonly string[]) => permissions.toSorted().join();
  return (
    stored.organisationId === body.organisationId &&
    stored.name === body.name &&
    sorted(stored.permissions) === sorted(body.permissions)
  );
}
