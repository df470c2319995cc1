import { Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { makePoster, readPoster } from '../kernel/pass-code/poster.js';
import { verifyWithWebCrypto } from '../kernel/pass-code/web-crypto.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { PosterProblems } from './checkin.problems.js';
import type { PosterKeyView, PosterView, PutPoster } from './desk.schema.js';
import { PosterKey } from './poster-key.js';

const QUIET_ZONE_MODULES = 4;

type Row = Omit<PosterView, 'createdAt'> & {
  requestHash: string;
  createdAt: Parameters<typeof instantFromDate>[0];
};

/** The code on a space's wall: signed by us, and the newest of its space is the one that counts. */
@Injectable()
export class Posters {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly key: PosterKey,
  ) {}

  /** A new one ends the one before: so is one taken down that hangs where it should not. */
  async put(actor: Actor, id: string, body: PutPoster): Promise<PosterView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demandAtSpace(actor, 'spaces:write', space);
    const code = await makePoster({ spaceId: space.id, posterId: id }, (message) => this.key.sign(message));
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await sql(
        tx,
        `INSERT INTO checkin.posters (id, request_hash, space_id, host_network_id, code, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
        [id, requestHash(body), space.id, space.networkId, code, actor.name, this.clock.now().toString()],
      );
      const stored = await findPoster(tx, 'WHERE id = $1', id);
      if (stored?.requestHash !== requestHash(body))
        throw RequestProblems.idReused('This id stands for the poster of another space.');
      return posterView(stored);
    });
  }

  /** For whoever works at the space: what hangs, or should hang, on its wall. */
  async ofSpace(actor: Actor, spaceId: string): Promise<PosterView> {
    return this.db.read(actor.scope, async (on) => {
      demandAtSpace(actor, 'visits:read', await this.directory.space(on, spaceId));
      const poster = await newest(on, spaceId);
      if (!poster) throw PosterProblems.notFound('Make one: PUT /v1/posters/{id}.');
      return posterView(poster);
    });
  }

  async picture(actor: Actor, spaceId: string): Promise<Buffer> {
    const { code } = await this.ofSpace(actor, spaceId);
    const segments = [{ data: code, mode: 'alphanumeric' as const }];
    const options = { type: 'svg', errorCorrectionLevel: 'M', margin: QUIET_ZONE_MODULES } as const;
    return Buffer.from(await QRCode.toString(segments, options));
  }

  /** The space on whose wall this hangs; refused when we did not sign it, or when another one hangs there by now. */
  async spaceOf(text: string): Promise<string> {
    const poster = await readPoster(
      text,
      this.key.raw,
      verifyWithWebCrypto as Parameters<typeof readPoster>[2],
    );
    if (!poster)
      throw PosterProblems.refused('Only the poster of a space of Escale can be scanned here, not any code.');
    const current = await this.db.read(PUBLIC_SCOPE, (on) => newest(on, poster.spaceId));
    if (current?.id !== poster.posterId)
      throw PosterProblems.replaced('This poster was replaced. Scan the one at the door, or show your pass.');
    return poster.spaceId;
  }

  publicKey(): PosterKeyView {
    return { alg: 'EdDSA', raw: this.key.raw.toString('base64url') };
  }
}

function newest(on: Reader, spaceId: string): Promise<Row | null> {
  return findPoster(on, 'WHERE space_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1', spaceId);
}

async function findPoster(on: Reader, conditions: string, value: string): Promise<Row | null> {
  const [row] = await sql<Row>(
    on,
    `SELECT id, space_id AS "spaceId", code, request_hash AS "requestHash", created_at AS "createdAt"
       FROM checkin.posters ${conditions}`,
    [value],
  );
  return row ?? null;
}

function posterView({ requestHash: _internal, createdAt, ...poster }: Row): PosterView {
  return { ...poster, createdAt: instantFromDate(createdAt).toString() };
}
