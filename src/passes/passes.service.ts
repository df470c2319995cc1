import { Injectable } from '@nestjs/common';
import type { IssuerKey } from '../kernel/pass-code/esc1.js';
import { EDDSA } from '../kernel/pass-code/credential.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { Directory } from '../directory/index.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { findCredentialByCti, type CredentialRow } from './credential.queries.js';
import { findIssuerKeys } from './issuer.queries.js';
import { changeState } from './lifecycle.js';
import { PassProblems } from './pass.problems.js';
import {
  balances,
  findPassesOf,
  leftOn,
  lockPass,
  passAccounts,
  sourceAccount,
  type Pass,
} from './pass.queries.js';
import { isInScope, stateAt, USABLE, verifiableFrom, type PassState } from './pass.rules.js';
import { leftWithin } from './product.rules.js';
import { isTeamsOwn, isUsedUp, memberLimit, Sources, startOn } from './sources.js';
import type { ResourceKind } from '../kernel/words.js';

export type UsablePass = {
  readonly passId: string;
  /** Who issued it, and owes the host. */
  readonly networkId: string;
  /** For this visit: of the pass, of its period, of a member's limit, or of what it allows at this host. */
  readonly leftHalfDays: number;
  /** Whether it is the pass that runs out, or what it allows at one host in a period. */
  readonly limitedBy: 'PASS' | 'HOST';
  readonly validUntil: PlainDate;
  readonly productName: string;
};

type Visit = {
  readonly personId: string;
  readonly hostSpace: { readonly id: string; readonly networkId: string };
  readonly day: PlainDate;
  readonly resourceKind: ResourceKind;
  /** Half-days of one pass at this host that nobody holds yet; less than none give back what is held. */
  readonly foreseen?:
    | { readonly passId: string; readonly day: PlainDate; readonly halfDays: number }
    | undefined;
};

export type PassHold = {
  /** The ledger's hold: post, void or expire it there. */
  readonly holdId: string;
  readonly passId: string;
  readonly halfDays: number;
  readonly hostSpaceId: string;
  readonly day: PlainDate;
  readonly reason: string;
};

/** A credential as the door needs it: whose it is, and whether it still counts. */
export type KnownCredential = Omit<CredentialRow, 'validUntil' | 'pausedOn' | 'pauseExtends'> & {
  readonly passState: PassState;
};

/** What bookings and the door ask. The transaction's scope must reach the holder or the issuing network. */
@Injectable()
export class Passes {
  constructor(
    private readonly directory: Directory,
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  /** Passes of this person that this visit could take half-days from, soonest expiry first. */
  async usable(
    on: Reader,
    { personId, hostSpace, day, resourceKind, foreseen }: Visit,
  ): Promise<UsablePass[]> {
    const networkChain = await this.directory.networkChain(on, hostSpace.networkId);
    const place = { spaceId: hostSpace.id, networkChain, resourceKind };
    const now = this.clock.now();
    const passes = (await findPassesOf(on, personId)).filter(
      (pass) =>
        USABLE.includes(stateAt(pass, now)) &&
        !isTeamsOwn(pass) &&
        isBetween(day, pass.validFrom, pass.validUntil) &&
        isInScope(pass.scope, place),
    );
    const spaceId = hostSpace.id;
    const atHost = await this.leftAtHost(on, passes, { day, spaceId });
    const soonOf = (pass: Pass, visit: { day: PlainDate; spaceId: string }) => {
      if (!foreseen || foreseen.passId !== pass.id) return 0;
      const isSameSource = sourceAccount(pass, visit) === sourceAccount(pass, { ...foreseen, spaceId });
      return isSameSource ? foreseen.halfDays : 0; // what another month uses leaves this one as it is
    };
    return passes
      .map((pass): UsablePass => ({
        passId: pass.id,
        networkId: pass.networkId,
        leftHalfDays: (leftOn(pass, day) ?? atHost.get(pass.id) ?? 0) - soonOf(pass, { day, spaceId }),
        limitedBy: pass.kind === 'UNLIMITED' ? 'HOST' : 'PASS',
        validUntil: pass.validUntil,
        productName: pass.productName,
      }))
      .filter(({ leftHalfDays, limitedBy }) => leftHalfDays > 0 || limitedBy === 'HOST');
  }

  /** What unlimited passes still allow at a host: the whole cap until the first half-day is taken there. */
  private async leftAtHost(
    on: Reader,
    passes: readonly Pass[],
    visit: { day: PlainDate; spaceId: string },
  ): Promise<Map<string, number>> {
    const unlimited = passes.filter(({ kind }) => kind === 'UNLIMITED');
    const accounts = await balances(
      on,
      unlimited.map((pass) => sourceAccount(pass, visit)),
    );
    return new Map(
      unlimited.map((pass) => {
        const account = accounts.get(sourceAccount(pass, visit));
        const left = account?.left ?? pass.hostCapHalfDays ?? 0;
        return [pass.id, leftWithin(left, pass.limitHalfDays, pass.usedHalfDays + pass.heldHalfDays)];
      }),
    );
  }

  /** Sets half-days aside. A pass that was revoked a moment ago gives none. */
  async hold(tx: Tx, { holdId, passId, halfDays, hostSpaceId, day, reason }: PassHold): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (!pass) throw PassProblems.notFound(`There is no pass ${passId}.`);
    this.refuse(pass, { day, halfDays });
    await startOn(tx, pass, day);
    await this.sources.take(tx, pass, {
      transferId: holdId,
      visit: { day, spaceId: hostSpaceId },
      to: passAccounts(passId).used,
      halfDays,
      reason,
      how: 'hold',
    });
  }

  private refuse(pass: Pass, { day, halfDays }: { day: PlainDate; halfDays: number }): void {
    const state = stateAt(pass, this.clock.now());
    if (!USABLE.includes(state) || isTeamsOwn(pass)) {
      throw PassProblems.notUsable(`The pass is ${state}: choose another one.`, { state });
    }
    if (!isBetween(day, pass.validFrom, pass.validUntil)) {
      throw PassProblems.notUsable('The pass is not valid on that day: choose another one.', { state });
    }
    const { limitHalfDays, usedHalfDays, heldHalfDays } = pass;
    if (limitHalfDays !== null && usedHalfDays + heldHalfDays + halfDays > limitHalfDays) throw memberLimit();
  }

  /** After half-days were posted: an issued pass becomes active, and one that is used up says so. */
  async firstUse(tx: Tx, passId: string): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (!pass) throw PassProblems.notFound(`There is no pass ${passId}.`);
    const by = { actor: 'system', now: this.clock.now() };
    const used = pass.state === 'ISSUED' ? await changeState(tx, pass, 'use', by) : pass;
    if (used.state === 'ACTIVE' && isUsedUp(pass)) await changeState(tx, used, 'exhaust', by);
    if (pass.guestOf) await sql(tx, GUEST_CAME, [pass.id]);
  }

  /** After half-days came back: a pass that was used up can be used again. */
  async refill(tx: Tx, passId: string): Promise<void> {
    const pass = await lockPass(tx, passId);
    if (pass?.state === 'EXHAUSTED' && !isUsedUp(pass))
      await changeState(tx, pass, 'refill', { actor: 'system', now: this.clock.now() });
  }

  async credentialByCti(on: Reader, cti: Uint8Array): Promise<KnownCredential | null> {
    const row = await findCredentialByCti(on, cti);
    if (!row) return null;
    const { validUntil, pausedOn, pauseExtends, ...credential } = row;
    const life = { state: row.passState, validUntil, pausedOn, pauseExtends };
    return { ...credential, passState: stateAt(life, this.clock.now()) };
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

const GUEST_CAME = `UPDATE passes.guest_passes SET state = 'USED' WHERE id = $1 AND state = 'CONFIRMED'`;

export function epochSeconds(moment: Instant): number {
  return Math.floor(moment.epochMilliseconds / 1000);
}

function isBetween(day: PlainDate, first: PlainDate, last: PlainDate): boolean {
  return Temporal.PlainDate.compare(first, day) <= 0 && Temporal.PlainDate.compare(day, last) <= 0;
}
