import { Injectable } from '@nestjs/common';
import type { IssuerKey } from '../kernel/pass-code/esc1.js';
import { EDDSA } from '../kernel/pass-code/credential.js';
import { amount } from '../kernel/money.js';
import { Problem } from '../kernel/problem.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { Directory } from '../directory/index.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import type { Reader, Tx } from '../platform/db.js';
import { findCredentialByCti, type CredentialRow } from './credential.queries.js';
import { findIssuerKeys } from './issuer.queries.js';
import { changeState } from './lifecycle.js';
import { PassProblems } from './pass.problems.js';
import { findPassesOf, lockPass, passAccounts } from './pass.queries.js';
import { isInScope, stateAt, USABLE, verifiableFrom, type PassState } from './pass.rules.js';
import type { ResourceKind } from '../kernel/words.js';

export type UsablePass = {
  readonly passId: string;
  /** Who issued it, and owes the host. */
  readonly networkId: string;
  readonly leftHalfDays: number;
  readonly validUntil: PlainDate;
  readonly productName: string;
};

type Visit = {
  readonly personId: string;
  readonly hostSpace: { readonly id: string; readonly networkId: string };
  readonly day: PlainDate;
  readonly resourceKind: ResourceKind;
};

export type PassHold = {
  /** The ledger's hold: post, void or expire it there. */
  readonly holdId: string;
  readonly passId: string;
  readonly halfDays: number;
  readonly reason: string;
};

/** A credential as the door needs it: whose it is, and whether it still counts. */
export type KnownCredential = Omit<CredentialRow, 'validUntil'> & { readonly passState: PassState };

/** What bookings and the door ask. The transaction's scope must reach the holder or the issuing network. */
@Injectable()
export class Passes {
  constructor(
    private readonly directory: Directory,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Passes of this person that this visit could take half-days from, soonest expiry first. */
  async usable(on: Reader, { personId, hostSpace, day, resourceKind }: Visit): Promise<UsablePass[]> {
    const networkChain = await this.directory.networkChain(on, hostSpace.networkId);
    const place = { spaceId: hostSpace.id, networkChain, resourceKind };
    const now = this.clock.now();
    const passes = await findPassesOf(on, personId);
    return passes
      .filter((pass) => USABLE.includes(stateAt(pass, now)) && pass.leftHalfDays > 0)
      .filter((pass) => isBetween(day, pass.validFrom, pass.validUntil) && isInScope(pass.scope, place))
      .map((pass) => ({
        passId: pass.id,
        networkId: pass.networkId,
        leftHalfDays: pass.leftHalfDays,
        validUntil: pass.validUntil,
        productName: pass.productName,
      }));
  }

  /** Sets half-days aside. A pass that was revoked a moment ago gives none. */
  async hold(tx: Tx, { holdId, passId, halfDays, reason }: PassHold): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (!pass) throw PassProblems.notFound(`There is no pass ${passId}.`);
    const state = stateAt(pass, this.clock.now());
    if (!USABLE.includes(state)) {
      throw PassProblems.notUsable(`The pass is ${state}: choose another one.`, { state });
    }
    const { available, used } = passAccounts(passId);
    const order = {
      id: holdId,
      debit: available,
      credit: used,
      amount: amount('HALF_DAY', halfDays),
      reason,
    };
    try {
      await this.ledger.hold(tx, order);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'ledger.insufficient')) throw error;
      throw PassProblems.exhausted('Not enough half-days are left on the pass: choose another one.');
    }
  }

  /** After half-days were posted: an issued pass becomes active, and one that is used up says so. */
  async firstUse(tx: Tx, passId: string): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (!pass) throw PassProblems.notFound(`There is no pass ${passId}.`);
    const by = { actor: 'system', now: this.clock.now() };
    const used = pass.state === 'ISSUED' ? await changeState(tx, pass, 'use', by) : pass;
    const isUsedUp = pass.leftHalfDays === 0 && pass.heldHalfDays === 0;
    if (used.state === 'ACTIVE' && isUsedUp) await changeState(tx, used, 'exhaust', by);
  }

  /** After half-days came back: a pass that was used up can be used again. */
  async refill(tx: Tx, passId: string): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (pass?.state === 'EXHAUSTED' && pass.leftHalfDays > 0)
      await changeState(tx, pass, 'refill', { actor: 'system', now: this.clock.now() });
  }

  async credentialByCti(on: Reader, cti: Uint8Array): Promise<KnownCredential | null> {
    const row = await findCredentialByCti(on, cti);
    if (!row) return null;
    const { validUntil, ...credential } = row;
    return { ...credential, passState: stateAt({ state: row.passState, validUntil }, this.clock.now()) };
  }

  /** Every key that a credential of today may be signed with, by the issuer's short id: the trust list for `judge`. */
  async issuers(on: Reader): Promise<ReadonlyMap<string, readonly IssuerKey[]>> {
    const keys = await findIssuerKeys(on, verifiableFrom(this.clock.now()));
    const issuers = new Map<string, IssuerKey[]>();
    for (const { issuer, kid, publicKey, useFrom, useUntil } of keys) {
      const key = {
        kid,
        publicKey: { alg: EDDSA, raw: publicKey } as const,
        useFrom: epochSeconds(useFrom),
        useUntil: epochSeconds(useUntil),
      };
      issuers.set(issuer, [...(issuers.get(issuer) ?? []), key]);
    }
    return issuers;
  }
}

export function epochSeconds(moment: Instant): number {
  return Math.floor(moment.epochMilliseconds / 1000);
}

function isBetween(day: PlainDate, first: PlainDate, last: PlainDate): boolean {
  return Temporal.PlainDate.compare(first, day) <= 0 && Temporal.PlainDate.compare(day, last) <= 0;
}
