import { deflateSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { findIssuerKeys } from './issuer.queries.js';
import { Issuers } from './issuers.service.js';
import { verifiableFrom } from './pass.rules.js';
import { compactJws, statusBits } from './status-list.js';
import { findBearers, findWithdrawn, findWithdrawnAt } from './status.queries.js';

/** A network that issues passes: the keys to believe it by, and what it has withdrawn. */
export type KnownIssuer = {
  readonly issuer: string;
  readonly keys: readonly {
    readonly kid: string;
    readonly raw: string;
    readonly useFrom: number;
    readonly useUntil: number;
  }[];
  /** A bit per status index, deflated. */
  readonly withdrawn: string;
};

/** What a door must hold to judge without us. Names nobody. */
@Injectable()
export class DoorLists {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly issuers: Issuers,
  ) {}

  /** Of every network: whose guest comes next is not known. */
  known(): Promise<KnownIssuer[]> {
    const now = this.clock.now();
    return this.db.read(namedScope('identity'), async (on) => {
      const keys = await findIssuerKeys(on, verifiableFrom(now));
      return (await findWithdrawn(on, now)).map(({ networkId, issuer, size, indexes }) => ({
        issuer,
        keys: keys
          .filter((key) => key.networkId === networkId)
          .map(({ kid, publicKey, useFrom, useUntil }) => ({
            kid: base64url(kid),
            raw: base64url(publicKey),
            useFrom: Math.floor(useFrom.epochMilliseconds / 1000),
            useUntil: Math.floor(useUntil.epochMilliseconds / 1000),
          })),
        withdrawn: base64url(deflateSync(statusBits(size, indexes), { level: 9 })),
      }));
    });
  }

  /** What each of these people shows at a door: the keys of their phones, the ids of all their credentials. */
  async bearers(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
    const rows = await this.db.read(namedScope('identity'), (on) =>
      findBearers(on, personIds, this.clock.now()),
    );
    const bearers = new Map<string, Map<string, Uint8Array>>();
    for (const { personId, cti, holderKey } of rows) {
      const own = bearers.get(personId) ?? new Map<string, Uint8Array>();
      for (const bearer of holderKey ? [cti, holderKey] : [cti]) own.set(base64url(bearer), bearer);
      bearers.set(personId, own);
    }
    return new Map([...bearers].map(([personId, own]) => [personId, [...own.values()]]));
  }

  /** When this credential, or the pass behind it, stopped being good; null while it is. */
  async withdrawnAt(credentialId: string): Promise<Instant | null> {
    return this.db.read(namedScope('identity'), (on) => findWithdrawnAt(on, credentialId));
  }

  /** A compact JWS by the key in use of that network. The type keeps it from passing for another token. */
  async sign(tx: Tx, networkId: string, type: string, claims: object): Promise<string> {
    return compactJws(claims, await this.issuers.signingKey(tx, networkId), type);
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
