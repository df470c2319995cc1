import { Injectable } from '@nestjs/common';
import { deflateSync } from 'node:zlib';
import { newId } from '../kernel/ids.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { Sealing } from '../platform/sealing.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { makeKeyPair, signerOf } from './issuer-keys.js';
import { findIssuerKeys, type IssuerKeyRow } from './issuer.queries.js';
import { StatusListProblems } from './pass.problems.js';
import { ISSUER_KEY_USE_DAYS, verifiableFrom, verifiableUntil } from './pass.rules.js';
import { compactJws, statusBits } from './status-list.js';
import { findWithdrawn } from './status.queries.js';
import type { StatusListView, TrustListView } from './trust.schema.js';

const STATUS_LIST_HOURS = 24;
const STATUS_LIST_REFRESH_SECONDS = 900;
const TRUST_LIST_HOURS = 24;
/** A list fetched just before an index changed hands must not speak about the next holder. */
const STATUS_INDEX_REST_HOURS = STATUS_LIST_HOURS;

export type SigningKey = IssuerKeyRow & { readonly sign: (message: Uint8Array) => Uint8Array };

/** A network as an issuer: the keys it signs with, and the lists others check its credentials by. */
@Injectable()
export class Issuers {
  constructor(
    private readonly db: Db,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /**
   * The key in use, with its follower published long before its turn. The first need makes both; the
   * issuer's row is locked, so that one moment has one key.
   */
  async signingKey(tx: Tx, networkId: string): Promise<SigningKey> {
    const now = this.clock.now();
    await sql(
      tx,
      `INSERT INTO passes.issuers (network_id, short_id, created_at)
       SELECT id, short_id, $2::timestamptz FROM directory.pub_networks WHERE id = $1 ON CONFLICT (network_id) DO NOTHING`,
      [networkId, now.toString()],
    );
    await sql(tx, 'SELECT FROM passes.issuers WHERE network_id = $1 FOR UPDATE', [networkId]);
    const keys = await findIssuerKeys(tx, now, networkId);
    let current = keys.find((key) => Temporal.Instant.compare(key.useFrom, now) <= 0);
    if (!current) {
      await this.makeKey(tx, networkId, now);
      current = (await findIssuerKeys(tx, now, networkId))[0]!;
    }
    if (keys.length < 2) await this.makeKey(tx, networkId, current.useUntil);
    const secret = 'SELECT sealed_seed FROM passes.issuer_secrets WHERE key_id = $1';
    const [row] = await sql<{ sealed_seed: Buffer }>(tx, secret, [current.id]);
    return { ...current, sign: signerOf(current.publicKey, this.sealing.open(row!.sealed_seed)) };
  }

  /** An index of the issuer's status list, this credential's own until it has expired and rested. */
  async takeStatusIndex(tx: Tx, networkId: string, expiresAt: Instant): Promise<number> {
    const until = expiresAt.add({ hours: STATUS_INDEX_REST_HOURS }).toString();
    const [reused] = await sql<{ index: number }>(
      tx,
      `UPDATE passes.status_slots SET taken_until = $2 WHERE network_id = $1 AND index =
         (SELECT index FROM passes.status_slots WHERE network_id = $1 AND taken_until <= $3
          ORDER BY index LIMIT 1) RETURNING index`,
      [networkId, until, this.clock.now().toString()],
    );
    if (reused) return reused.index;
    const [added] = await sql<{ index: number }>(
      tx,
      `UPDATE passes.issuers SET next_status_index = next_status_index + 1 WHERE network_id = $1
       RETURNING next_status_index - 1 AS index`,
      [networkId],
    );
    await sql(
      tx,
      'INSERT INTO passes.status_slots (network_id, index, taken_until, created_at) VALUES ($1, $2, $3, $4)',
      [networkId, added!.index, until, this.clock.now().toString()],
    );
    return added!.index;
  }

  trustList(): Promise<TrustListView> {
    const now = this.clock.now();
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const keys = await findIssuerKeys(on, verifiableFrom(now));
      const networks = [...new Set(keys.map((key) => key.networkId))];
      return {
        issuedAt: now.toString(),
        validUntil: now.add({ hours: TRUST_LIST_HOURS }).toString(),
        issuers: networks.map((networkId) => viewIssuer(keys.filter((key) => key.networkId === networkId))),
      };
    });
  }

  /** One bit per index, set for what must not open a door though it has not expired. */
  async statusList(networkId: string): Promise<StatusListView> {
    const now = this.clock.now();
    const scope = withNetworks(PUBLIC_SCOPE, networkId);
    return this.db.tx(scope, async (tx) => {
      const [withdrawn] = await findWithdrawn(tx, now, networkId);
      if (!withdrawn) {
        throw StatusListProblems.notFound('Look up the issuers in GET /v1/trust-list.');
      }
      const key = await this.signingKey(tx, networkId);
      const bits = statusBits(withdrawn.size, withdrawn.indexes);
      const issuedAt = Math.floor(now.epochMilliseconds / 1000);
      const claims = {
        iss: key.issuer,
        iat: issuedAt,
        exp: issuedAt + STATUS_LIST_HOURS * 3600,
        ttl: STATUS_LIST_REFRESH_SECONDS,
        status_list: { bits: 1, lst: deflateSync(bits, { level: 9 }).toString('base64url') },
      };
      return { networkId, issuer: key.issuer, statusList: compactJws(claims, key) };
    });
  }

  private async makeKey(tx: Tx, networkId: string, useFrom: Instant): Promise<void> {
    const { kid, publicKey, seed } = makeKeyPair();
    const id = newId();
    const now = this.clock.now().toString();
    await sql(
      tx,
      `INSERT INTO passes.issuer_keys (id, network_id, number, kid, public_key, use_from, use_until, created_at)
       SELECT $1::uuid, $2::uuid, count(*) + 1, $3::bytea, $4::bytea, $5::timestamptz, $6::timestamptz,
              $7::timestamptz
       FROM passes.issuer_keys WHERE network_id = $2::uuid`,
      [
        id,
        networkId,
        kid,
        publicKey,
        useFrom.toString(),
        useFrom.add({ hours: 24 * ISSUER_KEY_USE_DAYS }).toString(),
        now,
      ],
    );
    await sql(
      tx,
      `INSERT INTO passes.issuer_secrets (key_id, network_id, sealed_seed, created_at) VALUES ($1, $2, $3, $4)`,
      [id, networkId, this.sealing.seal(seed), now],
    );
  }
}

function viewIssuer(keys: readonly IssuerKeyRow[]): TrustListView['issuers'][number] {
  const { issuer, networkId } = keys[0]!;
  return {
    issuer,
    networkId,
    statusList: `/v1/status-lists/${networkId}`,
    keys: keys.map((key) => ({
      kid: Buffer.from(key.kid).toString('base64url'),
      alg: 'EdDSA' as const,
      raw: Buffer.from(key.publicKey).toString('base64url'),
      useFrom: key.useFrom.toString(),
      useUntil: key.useUntil.toString(),
      verifyUntil: verifiableUntil(key.useUntil).toString(),
    })),
  };
}
