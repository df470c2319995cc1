import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ANY_SPACE } from '../kernel/pass-code/esc1.js';
import { spaceTag } from '../kernel/pass-code/space-tag.js';
import {
  importTypedKey,
  provenAt,
  readTypedCode,
  spaceKey,
  typedHandle,
  TYPED_KEY_BYTES,
} from '../kernel/pass-code/typed-code.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { Sealing } from '../platform/sealing.js';
import { namedScope } from '../platform/scope.js';
import type { Signed } from './credential.queries.js';

/** Whose code was read out, and for which half-minute and door it was made. */
export type ReadOut = { readonly cti: Uint8Array; readonly shownAt: number; readonly spaceTag: Uint8Array };

/** What a door needs to check one guest's typed code by itself. */
export type DoorTyped = {
  readonly handle: string;
  readonly key: Uint8Array;
  readonly until: Instant;
  readonly holderKey: Uint8Array;
};

type Row = {
  personId: string;
  cti: Uint8Array;
  holderKey: Uint8Array;
  handle: string;
  sealedKey: Uint8Array;
  expiresAt: Parameters<typeof instantFromDate>[0];
};

const SELECT = `
  SELECT credential.person_id AS "personId", credential.cti, credential.holder_key AS "holderKey", typed.handle,
         typed.sealed_key AS "sealedKey", credential.expires_at AS "expiresAt"
  FROM passes.typed_keys typed JOIN passes.credentials credential ON credential.id = typed.credential_id`;

/** Codes that people read out: the key that a phone shares with us for them, and who stands behind eight characters. */
@Injectable()
export class TypedCodes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
  ) {}

  async keep(tx: Tx, { id, cti, networkId, personId, issuedAt }: Signed): Promise<void> {
    await sql(
      tx,
      `INSERT INTO passes.typed_keys (credential_id, network_id, person_id, handle, sealed_key, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        networkId,
        personId,
        await typedHandle(cti),
        this.sealing.seal(randomBytes(TYPED_KEY_BYTES)),
        issuedAt.toString(),
      ],
    );
  }

  /** Null for credentials of before there were typed codes. */
  async keyOf(on: Reader, credentialId: string): Promise<Uint8Array | null> {
    const [row] = await sql<{ sealedKey: Uint8Array }>(
      on,
      `SELECT sealed_key AS "sealedKey" FROM passes.typed_keys WHERE credential_id = $1`,
      [credentialId],
    );
    return row ? this.sealing.open(row.sealedKey) : null;
  }

  /** Null for what nobody's phone showed at that moment, for this door or for any. */
  async read(text: string, { spaceId, at }: { spaceId: string; at: Instant }): Promise<ReadOut | null> {
    const { handle, proof } = readTypedCode(text);
    const rows = await this.db.read(namedScope('identity'), (on) =>
      sql<Row>(on, `${SELECT} WHERE typed.handle = $1 AND credential.expires_at > $2`, [
        handle,
        at.toString(),
      ]),
    );
    const now = Math.floor(at.epochMilliseconds / 1000);
    const found: ReadOut[] = [];
    for (const tag of [await spaceTag(spaceId), ANY_SPACE])
      for (const row of rows) {
        const shownAt = await provenAt(await this.doorKey(row, tag), proof, now);
        if (shownAt !== null) found.push({ cti: row.cti, shownAt, spaceTag: tag });
      }
    return found.length === 1 ? found[0]! : null;
  }

  /** Of these people, for the list of one door: keys that are good there and nowhere else. */
  async atDoor(
    personIds: readonly string[],
    spaceId: string,
  ): Promise<ReadonlyMap<string, readonly DoorTyped[]>> {
    const tag = await spaceTag(spaceId);
    const rows = await this.db.read(namedScope('identity'), (on) =>
      sql<Row>(
        on,
        `${SELECT} WHERE credential.person_id = ANY ($1) AND credential.expires_at > $2
         AND credential.revoked_at IS NULL ORDER BY credential.cti`,
        [personIds, this.clock.now().toString()],
      ),
    );
    const own = new Map<string, DoorTyped[]>();
    for (const row of rows) {
      const { personId, handle, holderKey } = row;
      const key = await this.doorKey(row, tag);
      const typed = { handle, key, until: instantFromDate(row.expiresAt), holderKey };
      own.set(personId, [...(own.get(personId) ?? []), typed]);
    }
    return own;
  }

  private async doorKey({ sealedKey }: Row, tag: Uint8Array): Promise<Uint8Array> {
    return spaceKey(await importTypedKey(this.sealing.open(sealedKey)), tag);
  }
}
