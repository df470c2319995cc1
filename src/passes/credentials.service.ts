import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { claimsOf, EDDSA, ES256, type PublicKey } from '../kernel/pass-code/credential.js';
import { issueCredential, showStaticCard } from '../kernel/pass-code/esc1.js';
import type { Instant } from '../kernel/time.js';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks, type Scope } from '../platform/scope.js';
import { drawCard, type CardImage } from './card-image.js';
import { countClass, findSigned, type Signed } from './credential.queries.js';
import { isPublicKey } from './issuer-keys.js';
import { Issuers, type SigningKey } from './issuers.service.js';
import { mayRead, notFound } from './issuing.service.js';
import { CardProblems, CredentialProblems, PassProblems } from './pass.problems.js';
import { findPass, lockPass, type Pass } from './pass.queries.js';
import { shownClass } from './product.rules.js';
import { cardEnd, credentialEnd, SHOWABLE, stateAt } from './pass.rules.js';
import { TypedCodes } from './typed-codes.service.js';
import type { CardFile, CardView, CredentialView, PutCard, PutCredential } from './pass.schema.js';

const CTI_BYTES = 16;

/** What a holder shows: a credential for their phone, a card for their pocket. It names nobody. */
@Injectable()
export class Credentials {
  constructor(
    private readonly db: Db,
    private readonly issuers: Issuers,
    private readonly clock: Clock,
    private readonly typed: TypedCodes,
  ) {}

  /** Every credential has a new id; a new holder key ends what other keys could show. */
  async put(actor: Actor, id: string, body: PutCredential): Promise<CredentialView> {
    const pass = await this.readPass(actor, body.passId);
    if (pass.personId !== actor.personId) throw notFound(body.passId);
    return this.issue(withNetworks(actor.scope, pass.networkId), { id, pass, body });
  }

  /** To a guest, whose link was checked. */
  async putForGuest(id: string, body: PutCredential): Promise<CredentialView> {
    const scope = namedScope('identity');
    const pass = await this.db.read(scope, (on) => findPass(on, body.passId));
    if (!pass) throw notFound(body.passId);
    return this.issue(withNetworks(scope, pass.networkId), { id, pass, body });
  }

  private async issue(
    scope: Scope,
    { id, pass, body }: { id: string; pass: Pass; body: PutCredential },
  ): Promise<CredentialView> {
    const holder = holderKey(body.holderKey);
    return this.db.tx(scope, async (tx) => {
      const hash = requestHash(body);
      const earlier = await this.begin(tx, { id, pass, hash });
      if (earlier) return viewCredential(earlier, await this.typed.keyOf(tx, id));
      await refuseEnded(tx, pass.id, holder);
      const now = this.clock.now();
      await sql(
        tx,
        `UPDATE passes.credentials SET revoked_at = $3, ended_by = 'MOVED'
         WHERE pass_id = $1 AND kind = 'rotating' AND holder_key <> $2 AND revoked_at IS NULL`,
        [pass.id, Buffer.from(holder.raw), now.toString()],
      );
      const key = await this.issuers.signingKey(tx, pass.networkId);
      const label = body.label ?? null;
      const expiresAt = credentialEnd(pass, now);
      const signed = await this.sign(tx, { id, pass, key, holder, hash, label, expiresAt });
      await this.typed.keep(tx, signed);
      return viewCredential(signed, await this.typed.keyOf(tx, id));
    });
  }

  /** Another card ends the one before it. */
  async putCard(actor: Actor, id: string, body: PutCard): Promise<CardView> {
    const pass = await this.readPass(actor, body.passId);
    const signed = await this.db.tx(withNetworks(actor.scope, pass.networkId), async (tx) => {
      const hash = requestHash(body);
      const earlier = await this.begin(tx, { id, pass, hash });
      if (earlier) return earlier;
      await sql(
        tx,
        `UPDATE passes.credentials SET revoked_at = $2
         WHERE pass_id = $1 AND kind = 'card' AND revoked_at IS NULL`,
        [pass.id, this.clock.now().toString()],
      );
      const key = await this.issuers.signingKey(tx, pass.networkId);
      const expiresAt = cardEnd(pass, key.useUntil);
      return this.sign(tx, { id, pass, key, holder: null, hash, label: null, expiresAt });
    });
    return viewCard(signed);
  }

  /** To the owner, or to somebody of the issuing network who prints it for them. */
  async cardImage(actor: Actor, { id, format }: CardFile): Promise<CardImage> {
    const card = await this.db.read(actor.scope, async (on) => {
      const signed = await findSigned(on, id);
      const pass = signed?.kind === 'card' ? await findPass(on, signed.passId) : null;
      return pass && mayRead(actor, pass) ? signed : null;
    });
    if (!card) throw CardProblems.notFound(`There is no card ${id}. Draw one with PUT /v1/cards/{id}.`);
    return drawCard(showStaticCard(card.credential), format);
  }

  private async readPass(actor: Actor, id: string): Promise<Pass> {
    const pass = await this.db.read(actor.scope, (on) => findPass(on, id));
    if (!pass || !mayRead(actor, pass)) throw notFound(id);
    return pass;
  }

  /** Locks the pass, so that its credentials come one after another. Returns what this id already made. */
  private async begin(tx: Tx, order: { id: string; pass: Pass; hash: string }): Promise<Signed | null> {
    const pass = await lockPass(tx, order.pass.id);
    const earlier = await findSigned(tx, order.id);
    if (earlier?.requestHash === order.hash) return earlier;
    if (earlier) throw idReused();
    const state = stateAt(pass ?? order.pass, this.clock.now());
    if (SHOWABLE.includes(state)) return null;
    throw PassProblems.notUsable(`The pass is ${state}: it gives no credential. Ask who issued it.`, {
      state,
    });
  }

  private async sign(tx: Tx, order: Order): Promise<Signed> {
    const { pass, key, holder, expiresAt } = order;
    const now = this.clock.now();
    const statusIndex = await this.issuers.takeStatusIndex(tx, pass.networkId, expiresAt);
    const cti = new Uint8Array(randomBytes(CTI_BYTES));
    const claims = claimsOf({
      issuer: key.issuer,
      issuedAt: epochSeconds(now),
      expiresAt: epochSeconds(expiresAt),
      credentialId: cti,
      productClass: shownClass(pass.productClass, await countClass(tx, pass)),
      statusIndex,
      offline: pass.offline,
      ...(holder && { holder }),
    });
    const credential = await issueCredential(claims, { alg: EDDSA, kid: key.kid, sign: key.sign });
    return this.insert(tx, order, { cti, statusIndex, credential, issuedAt: now });
  }

  private async insert(tx: Tx, order: Order, made: Made): Promise<Signed> {
    const { id, pass, key, holder, hash, label, expiresAt } = order;
    const rows = await sql(
      tx,
      `INSERT INTO passes.credentials (id, cti, kind, pass_id, network_id, person_id, key_id, holder_alg,
         holder_key, status_index, credential, issued_at, expires_at, request_hash, label, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $12)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        Buffer.from(made.cti),
        holder ? 'rotating' : 'card',
        pass.id,
        pass.networkId,
        pass.personId,
        key.id,
        holder?.alg ?? null,
        holder && Buffer.from(holder.raw),
        made.statusIndex,
        Buffer.from(made.credential),
        made.issuedAt.toString(),
        expiresAt.toString(),
        hash,
        label,
      ],
    );
    if (rows.length === 0) throw idReused(); // made for another pass
    return (await findSigned(tx, id))!;
  }
}

type Order = {
  readonly id: string;
  readonly pass: Pass;
  readonly key: SigningKey;
  /** Null on a card. */
  readonly holder: PublicKey | null;
  readonly hash: string;
  /** What its holder calls the phone. */
  readonly label: string | null;
  readonly expiresAt: Instant;
};

type Made = {
  readonly cti: Uint8Array;
  readonly statusIndex: number;
  readonly credential: Uint8Array;
  readonly issuedAt: Instant;
};

/** A phone that had to give the pass up does not take it back by itself: its holder moves it there with a new key. */
async function refuseEnded(on: Reader, passId: string, { raw }: PublicKey): Promise<void> {
  const ended = await sql(
    on,
    `SELECT FROM passes.credentials WHERE pass_id = $1 AND holder_key = $2 AND ended_by IS NOT NULL LIMIT 1`,
    [passId, Buffer.from(raw)],
  );
  if (ended.length === 0) return;
  throw CredentialProblems.superseded(
    'The pass was moved to another phone. Move it here to use it here again.',
  );
}

function holderKey({ alg, raw }: PutCredential['holderKey']): PublicKey {
  const bytes = new Uint8Array(Buffer.from(raw, 'base64url'));
  if (!isPublicKey(alg, bytes)) {
    throw CredentialProblems.holderKeyInvalid(
      'Send the 32 bytes of an Ed25519 key or the 65 of a P-256 point.',
    );
  }
  return { alg: alg === 'EdDSA' ? EDDSA : ES256, raw: bytes };
}

function epochSeconds(moment: Instant): number {
  return Math.floor(moment.epochMilliseconds / 1000);
}

function viewCredential(signed: Signed, typedKey: Uint8Array | null): CredentialView {
  return {
    id: signed.id,
    passId: signed.passId,
    credentialId: Buffer.from(signed.cti).toString('base64url'),
    credential: Buffer.from(signed.credential).toString('base64url'),
    typedKey: typedKey && Buffer.from(typedKey).toString('base64url'),
    ...times(signed),
  };
}

function viewCard(signed: Signed): CardView {
  const { id, passId } = signed;
  const images = { png: `/v1/cards/${id}.png`, svg: `/v1/cards/${id}.svg` };
  return { id, passId, images, ...times(signed) };
}

function times({ issuedAt, expiresAt, revokedAt }: Signed) {
  return {
    issuedAt: issuedAt.toString(),
    expiresAt: expiresAt.toString(),
    revokedAt: revokedAt?.toString() ?? null,
  };
}

function idReused() {
  return RequestProblems.idReused('This id stands for something else: make a new one and try again.');
}
