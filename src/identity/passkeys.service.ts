import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { instantFromDate } from '../kernel/time.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import { putChallenge, refusedPasskey, takeChallenge } from './challenges.js';
import type { PasskeyOptionsView, PasskeyView, PutPasskey, SignedChallenge } from './factor.schema.js';
import { FactorLetters } from './factor-letters.js';
import { PasskeyProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { personById } from './people.queries.js';
import type { RelyingParty } from './relying-party.js';
import { noteSignInAct } from './sign-in-acts.js';

const IDENTITY = namedScope('identity');

/**
 * Passkeys: the device keeps the private key and asks for a finger, a face or a PIN, so each is two factors in one.
 * Nothing of a device's maker is asked for (no attestation): it would tell people apart and decide nothing.
 */
@Injectable()
export class Passkeys {
  constructor(
    private readonly db: Db,
    private readonly limits: Limits,
    private readonly letters: FactorLetters,
  ) {}

  /** To add one. Those there are are named, so that a device does not hold two. */
  async optionsToAdd(actor: Actor, id: string, { id: rpID }: RelyingParty): Promise<PasskeyOptionsView> {
    const personId = demandPerson(actor);
    return this.db.tx(IDENTITY, async (tx) => {
      const { email, name } = await personById(tx, personId);
      const options = await generateRegistrationOptions({
        rpName: 'Escale',
        rpID,
        userName: email,
        userDisplayName: name,
        userID: new Uint8Array(Buffer.from(personId.replaceAll('-', ''), 'hex')),
        excludeCredentials: (await rowsOf(tx, personId)).map(({ credential }) => ({ id: credential })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      const challenge = await putChallenge(tx, id, { challenge: options.challenge, personId });
      return { id, options: { ...options, challenge } };
    });
  }

  async put(actor: Actor, id: string, body: PutPasskey, site: RelyingParty): Promise<PasskeyView> {
    const personId = demandPerson(actor);
    const [known] = await this.db.read(IDENTITY, (on) => rowsOf(on, personId, id));
    if (known && known.credential !== body.registration.id) throw reused();
    if (known) return view(known); // a repeat of a request whose answer got lost
    const challenge = await this.db.tx(IDENTITY, (tx) => takeChallenge(tx, body.challengeId, personId));
    const made = challenge === null ? null : await registered(body.registration, challenge, site);
    if (!made) throw refusedPasskey();
    return this.db.tx(IDENTITY, async (tx) => {
      const { credential } = made;
      await sql(
        tx,
        `INSERT INTO identity.passkeys (id, person_id, name, credential, public_key, sign_count, transports, is_synced)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [
          id,
          personId,
          body.name,
          credential.id,
          Buffer.from(credential.publicKey),
          credential.counter,
          credential.transports ?? [],
          made.credentialBackedUp,
        ],
      );
      const [row] = await rowsOf(tx, personId, id);
      if (row?.credential !== credential.id) throw reused();
      await noteSignInAct(tx, actor, personId, 'PASSKEY_ADDED');
      await this.letters.changed(tx, personId, 'PASSKEY_ADDED');
      return view(row);
    });
  }

  list(on: Reader, personId: string): Promise<PasskeyView[]> {
    return rowsOf(on, personId).then((rows) => rows.map(view));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const personId = demandPerson(actor);
    await this.db.tx(IDENTITY, async (tx) => {
      const removed = await sql(
        tx,
        'DELETE FROM identity.passkeys WHERE id = $1 AND person_id = $2 RETURNING id',
        [id, personId],
      );
      if (removed.length === 0) throw PasskeyProblems.notFound('Your own are in GET /v1/sign-in-ways.');
      await noteSignInAct(tx, actor, personId, 'PASSKEY_REMOVED');
      await this.letters.changed(tx, personId, 'PASSKEY_REMOVED');
    });
  }

  /** To sign in, or to prove it again: whose passkey answers is not asked before, so nothing is told either. */
  async optionsToSign(id: string, { id: rpId }: RelyingParty, ip: string): Promise<PasskeyOptionsView> {
    this.limits.challengeFrom.count(ip);
    const options = await generateAuthenticationOptions({ rpID: rpId, userVerification: 'required' });
    const challenge = await this.db.tx(IDENTITY, (tx) =>
      putChallenge(tx, id, { challenge: options.challenge, personId: null }),
    );
    return { id, options: { ...options, challenge } };
  }

  /** Whose signature it is. The challenge is used up even when it is refused. */
  async personOf({ challengeId, assertion }: SignedChallenge, site: RelyingParty): Promise<string> {
    const challenge = await this.db.tx(IDENTITY, (tx) => takeChallenge(tx, challengeId, null));
    const [passkey] = await this.db.read(IDENTITY, (on) =>
      sql<Row>(
        on,
        `${SELECT} JOIN identity.people person ON person.id = passkey.person_id
        WHERE credential = $1 AND person.switched_off_at IS NULL`,
        [assertion.id],
      ),
    );
    if (challenge === null || !passkey) throw refusedPasskey();
    const counter = await signed(assertion, { challenge, passkey, site });
    if (counter === null) throw refusedPasskey();
    await this.db.tx(IDENTITY, (tx) =>
      sql(
        tx,
        'UPDATE identity.passkeys SET used_at = now(), sign_count = greatest(sign_count, $2) WHERE id = $1',
        [passkey.id, counter],
      ),
    );
    return passkey.personId;
  }
}

/** Null: not made for this challenge on this site, or without asking its owner. The library says why by throwing. */
async function registered(registration: PutPasskey['registration'], challenge: string, site: RelyingParty) {
  const made = await verifyRegistrationResponse({
    response: registration as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch(() => null);
  return made?.verified ? made.registrationInfo : null;
}

type Ceremony = { readonly challenge: string; readonly passkey: Row; readonly site: RelyingParty };

/** The counter of the key, or null. A counter that did not grow is a copied key, which the library refuses. */
async function signed(
  assertion: SignedChallenge['assertion'],
  { challenge, passkey, site }: Ceremony,
): Promise<number | null> {
  const answer = await verifyAuthenticationResponse({
    response: assertion as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credential,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.signCount),
    },
  }).catch(() => null);
  return answer?.verified ? answer.authenticationInfo.newCounter : null;
}

type Row = {
  id: string;
  personId: string;
  name: string;
  credential: string;
  publicKey: Buffer;
  signCount: string;
  isSynced: boolean;
  usedAt: Date | null;
  createdAt: Date;
};

const SELECT = `
  SELECT passkey.id, passkey.person_id AS "personId", passkey.name, passkey.credential,
    passkey.public_key AS "publicKey", passkey.sign_count AS "signCount", passkey.is_synced AS "isSynced",
    passkey.used_at AS "usedAt", passkey.created_at AS "createdAt"
  FROM identity.passkeys passkey`;

function rowsOf(on: Reader | Tx, personId: string, id?: string): Promise<Row[]> {
  const query = `${SELECT} WHERE person_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY id`;
  return sql<Row>(on, query, [personId, id ?? null]);
}

function view({ id, name, isSynced, createdAt, usedAt }: Row): PasskeyView {
  const used = usedAt && instantFromDate(usedAt).toString();
  return { id, name, isSynced, createdAt: instantFromDate(createdAt).toString(), usedAt: used };
}

function reused() {
  return RequestProblems.idReused('Use a new id for another passkey.');
}
