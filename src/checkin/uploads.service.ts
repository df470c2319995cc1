import { Injectable } from '@nestjs/common';
import { judge, PACKAGE_USELESS_SECONDS, type Door, type Evidence } from '../kernel/pass-code/esc1.js';
import { spaceTag } from '../kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '../kernel/pass-code/web-crypto.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { DoorLists, Passes } from '../passes/index.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope, withNetworks, type Scope } from '../platform/scope.js';
import { Admission, type Arrival } from './admission.js';
import type { OfflineDecision } from './checkin.schema.js';
import { REASON_OF_REFUSAL } from './door-reasons.schema.js';
import { Merging } from './merging.service.js';
import { hostsOf, insertOfflineScan } from './offline-scan.queries.js';
import { isBelieved, type Refused } from './refused.js';
import { findScan, insertScan, type NewScan } from './scan.queries.js';

/** What we make of a code that a tablet has read without us, at the moment it was read. */
type Judged = {
  readonly refused: Refused | null;
  readonly evidence: Evidence | null;
  /** Later than the tablet's list, so that it let in what was withdrawn already. */
  readonly withdrawnAt: Instant | null;
};

/** Scans that a tablet decided alone and tells of now: stored as they were made, judged again, and merged. */
@Injectable()
export class Uploads {
  constructor(
    private readonly db: Db,
    private readonly passes: Passes,
    private readonly lists: DoorLists,
    private readonly admission: Admission,
    private readonly merging: Merging,
  ) {}

  async take(hosts: Scope, arrival: Arrival, decision: OfflineDecision): Promise<void> {
    const scope = await this.scopeOf(hosts, arrival);
    const gone = arrival.carried && (await this.lists.withdrawnAt(arrival.carried.credential.id));
    const judged = await this.db.read(scope, (on) => this.judge(on, arrival, decision, gone));
    await this.db.tx(scope, async (tx) => {
      const scan = await this.scanOf(tx, arrival, decision, judged);
      if (!(await insertScan(tx, scan)))
        throw RequestProblems.idReused('This id stands for another scan. Make a new id for each scan.');
      const { withdrawnAt } = judged;
      const conflict = wasLetIn(decision) ? scan.reason : null;
      await insertOfflineScan(tx, scan, { decision, conflict, withdrawnAt });
      if (scan.state === 'ACCEPTED_OFFLINE' && wasLetIn(decision))
        await this.merging.merge(tx, scan.personId!);
    });
  }

  /** We answered, but the tablet no longer waited and decided by itself: both are kept. */
  async addDecision(hosts: Scope, scanId: string, decision: OfflineDecision): Promise<void> {
    await this.db.tx(hosts, async (tx) => {
      const scan = (await findScan(tx, scanId))!;
      const conflict = wasLetIn(decision) ? scan.reason : null;
      await insertOfflineScan(tx, scan, { decision, conflict, withdrawnAt: null });
    });
  }

  private async scanOf(
    tx: Tx,
    { reading, carried }: Arrival,
    decision: OfflineDecision,
    { refused, evidence }: Judged,
  ): Promise<NewScan> {
    const known = carried && isBelieved(refused?.refusal ?? null) ? carried.credential : null;
    const reason = decision.reason ?? refused?.reason ?? (known ? null : 'unknown_token');
    return {
      ...reading,
      state: reason ? 'REFUSED' : 'ACCEPTED_OFFLINE',
      reason,
      refusal: refused?.reason === reason ? refused.refusal : null,
      evidence: reason ? null : evidence,
      visitId: null,
      credentialId: known?.id ?? null,
      personId: known?.personId ?? null,
      homeNetworkId: known && carried ? carried.homeNetworkId : null,
      guestLanguage: known && (await this.admission.languageOf(tx, known.personId)),
    };
  }

  /** Checks 1 to 12 as the tablet had to make them; what was seen before is for the merge to find. */
  private async judge(
    on: Reader,
    { reading, code, space, carried }: Arrival,
    { packageFrom, verdict }: OfflineDecision,
    gone: Instant | null,
  ): Promise<Judged> {
    const from = packageFrom === null ? null : Temporal.Instant.from(packageFrom);
    const isKnownGone = gone !== null && (from === null || Temporal.Instant.compare(gone, from) <= 0);
    const withdrawnAt = isKnownGone || !isBefore(gone, reading.scannedAt) ? null : gone;
    if (carried?.isTyped) {
      const refused = isKnownGone ? ({ reason: 'revoked', refusal: 'revoked' } as const) : null;
      return { refused, evidence: refused ? null : 'C', withdrawnAt };
    }
    const door: Door = {
      now: seconds(reading.scannedAt),
      online: false,
      packageAgeSeconds: from
        ? Math.max(0, seconds(reading.scannedAt) - seconds(from))
        : PACKAGE_USELESS_SECONDS + 1,
      spaceTag: await spaceTag(space.id),
      issuers: await this.passes.issuers(on),
      isRevoked: () => isKnownGone,
      hasBooking: () => verdict === 'COME_IN', // on the tablet's list, which it had from us
      wasShown: () => false,
      isInside: () => false,
      verify: verifyWithWebCrypto as Door['verify'],
    };
    const judged = await judge(code, door);
    if (judged.ok) return { refused: null, evidence: judged.evidence, withdrawnAt };
    const refused = { reason: REASON_OF_REFUSAL[judged.refusal], refusal: judged.refusal };
    return { refused, evidence: null, withdrawnAt };
  }

  /** A merge looks at every door that has let this guest in. */
  private async scopeOf(hosts: Scope, { carried }: Arrival): Promise<Scope> {
    if (!carried) return hosts;
    const { personId } = carried.credential;
    const doors = await this.db.read(namedScope('sweep'), (on) => hostsOf(on, personId));
    return { ...withNetworks(hosts, ...carried.networks, ...doors), person: personId };
  }
}

/** And stayed: an admission that was undone at once is kept, and is no visit. */
function wasLetIn({ verdict, undoneAt }: OfflineDecision): boolean {
  return verdict !== 'REFUSED' && undoneAt === undefined;
}

function seconds(moment: Instant): number {
  return Math.floor(moment.epochMilliseconds / 1000);
}

function isBefore(moment: Instant | null, other: Instant): boolean {
  return moment !== null && Temporal.Instant.compare(moment, other) <= 0;
}
