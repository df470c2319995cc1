import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { dayAt } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import type { Scope } from '../platform/scope.js';
import { Admission, DoorRefused, type Entrant } from './admission.js';
import type { ScanView } from './checkin.schema.js';
import { scanView } from './checkin.views.js';
import { findScan, insertScan, type NewScan, type Scan } from './scan.queries.js';
import { refusalOf } from './refused.js';
import { completeDue, findVisit } from './visit.queries.js';
import type { Part } from '../kernel/words.js';

/** Somebody who came, and how we know without having read a code at the door. */
export type Arrived = {
  readonly id: string;
  readonly requestHash: string;
  readonly kind: Exclude<Scan['kind'], 'CODE'>;
  readonly space: Space;
  readonly by: string;
  readonly part: Part | undefined;
  readonly who: Entrant;
};

/** Arrivals without a code at the door: decided and stored like scans, so that everything after them is the same. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly admission: Admission,
  ) {}

  /** `scope` reaches the space's network. `also` is written in the transaction that lets the guest in. */
  async admit(
    scope: Scope,
    arrived: Arrived,
    also: (tx: Tx) => Promise<void> = async () => {},
  ): Promise<ScanView> {
    const guest = { ...scope, person: arrived.who.personId };
    const earlier = await this.answer(guest, arrived);
    if (earlier) return earlier;
    const reading = this.readingOf(arrived);
    try {
      await this.db.tx(guest, async (tx) => {
        await this.enter(tx, arrived, reading);
        await also(tx);
      });
    } catch (error) {
      const { reason, refusal } = refusalOf(error);
      await this.db.tx(guest, (tx) =>
        insertScan(tx, { ...reading, state: 'REFUSED', reason, refusal, evidence: null, visitId: null }),
      );
    }
    return (await this.answer(guest, arrived))!;
  }

  private async enter(tx: Tx, { who, space, part }: Arrived, reading: Reading): Promise<void> {
    const { personId } = who;
    await completeDue(tx, reading.decidedAt, personId);
    if (await this.admission.isInside(tx, { personId, space, reading }))
      throw new DoorRefused('already_in', 'already_in');
    const visitId = await this.admission.enter(tx, { reading, space, part }, who);
    const visit = await findVisit(tx, visitId);
    const scan: NewScan = {
      ...reading,
      state: 'ACCEPTED',
      reason: null,
      refusal: null,
      evidence: who.evidence,
      visitId,
      homeNetworkId: visit!.homeNetworkId,
      guestLanguage: await this.admission.languageOf(tx, personId),
    };
    if (!(await insertScan(tx, scan))) throw reused();
  }

  private readingOf({ id, requestHash, kind, space, by, who }: Arrived) {
    const now = this.clock.now();
    return {
      id,
      requestHash,
      codeHash: createHash('sha256').update(`${kind}/${id}`).digest('hex'), // there is no code
      spaceId: space.id,
      hostNetworkId: space.networkId,
      homeNetworkId: null,
      personId: who.personId,
      credentialId: null,
      day: dayAt(now, space.timeZone),
      scannedAt: now,
      decidedAt: now,
      scannedBy: by,
      kind,
    };
  }

  private answer(scope: Scope, { id, requestHash }: Arrived): Promise<ScanView | null> {
    return this.db.read(scope, async (on) => {
      const scan = await findScan(on, id);
      if (!scan) return null;
      if (scan.requestHash !== requestHash) throw reused();
      return scanView(scan, scan.visitId ? await findVisit(on, scan.visitId) : null);
    });
  }

  async homeSpaceName(on: Reader, personId: string, { timeZone }: Space): Promise<string | null> {
    const home = await this.directory.homeOf(on, personId, dayAt(this.clock.now(), timeZone));
    return home && (await this.directory.space(on, home.spaceId)).name;
  }

  /** Of a space in everybody's reach. */
  space(scope: Scope, id: string): Promise<Space> {
    return this.db.read(scope, (on) => this.directory.space(on, id));
  }
}

type Reading = ReturnType<Arrivals['readingOf']>;

function reused() {
  return RequestProblems.idReused('This id stands for another arrival. Make a new id for each one.');
}
