import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { dayAt, Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks, type Scope } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { Bearers } from './bearers.js';
import { Decisions } from './decisions.service.js';
import type { OfflineDecision, OfSpaceAndDay, PutScan, ScanView } from './checkin.schema.js';
import { offlineScans } from './offline-scan.queries.js';
import { findScan, scansOfDay, type Scan } from './scan.queries.js';
import { scanView } from './checkin.views.js';
import { findVisit, visitsOfDay } from './visit.queries.js';
import type { Part } from '../kernel/words.js';

/** The reading of a code, before anything is decided. */
type Reading = Pick<
  Scan,
  | 'id'
  | 'requestHash'
  | 'codeHash'
  | 'spaceId'
  | 'hostNetworkId'
  | 'day'
  | 'scannedAt'
  | 'decidedAt'
  | 'scannedBy'
> &
  Partial<Pick<Scan, 'kind'>>;

type Shown = {
  readonly code: string;
  readonly space: Space;
  readonly part?: Part | undefined;
  readonly offline?: OfflineDecision | undefined;
};
/** Somebody with their own phone, and what it may reach. */
type Guest = { readonly name: string; readonly scope: Scope; readonly personId: string };

/** One reading of a pass code: decided once, stored whatever the decision, and answered again with the same words. */
@Injectable()
export class Scans {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly bearers: Bearers,
    private readonly decisions: Decisions,
  ) {}

  async put(actor: Actor, id: string, body: PutScan): Promise<ScanView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demandAtSpace(actor, 'scans:write', space);
    const { offline, ...told } = body; // what a tablet decided may be added to a scan that we have answered
    const reading = readingOf({
      ...told,
      id,
      hash: requestHash(told),
      space,
      by: actor.name,
      now: this.clock.now(),
      isOld: offline !== undefined,
    });
    return this.read(withNetworks(actor.scope, space.networkId), reading, { ...told, offline, space });
  }

  /** The guest's own phone read the poster of the space, and shows its code to us instead of to a door. */
  atPoster(by: Guest, id: string, shown: Shown & { hash: string; scannedAt: string }): Promise<ScanView> {
    const reading = readingOf({ ...shown, id, by: by.name, now: this.clock.now() });
    return this.read(by.scope, { ...reading, kind: 'POSTER' }, shown, by.personId);
  }

  /** `holder`: whose code it has to be; anybody's at a door. */
  private async read(hosts: Scope, reading: Reading, shown: Shown, holder?: string): Promise<ScanView> {
    const { code, space, part, offline } = shown;
    const earlier = await this.known(hosts, reading, offline);
    if (earlier) return earlier;
    const at = offline ? reading.scannedAt : reading.decidedAt;
    const known = await this.bearers.of(code, space, { day: reading.day, at });
    const carried = holder === undefined || known?.credential.personId === holder ? known : null;
    const arrival = { reading, code, space, carried, part };
    await this.decisions.make(hosts, arrival, offline);
    const answer = await this.db.read(hosts, (on) => this.answer(on, reading));
    if (answer) return answer;
    throw RequestProblems.idReused('This id stands for a scan at another door. Make a new id for each scan.');
  }

  /** A scan that was answered when the tablet no longer listened: what it told the guest is added. */
  private async known(
    hosts: Scope,
    reading: Reading,
    offline: OfflineDecision | undefined,
  ): Promise<ScanView | null> {
    const answer = await this.db.read(hosts, (on) => this.answer(on, reading));
    const wasLetIn = offline?.verdict !== 'REFUSED' && offline?.undoneAt === undefined;
    const isAsTold = (answer?.state === 'ACCEPTED') === wasLetIn;
    if (!answer || answer.offline || !offline || isAsTold) return answer;
    await this.decisions.add(hosts, reading.id, offline);
    return this.db.read(hosts, (on) => this.answer(on, reading));
  }

  /** Everything that was read at one space on one of its days, accepted or refused. */
  ofDay(actor: Actor, { spaceId, day }: OfSpaceAndDay): Promise<ScanView[]> {
    return this.db.read(actor.scope, async (on) => {
      demandAtSpace(actor, 'visits:read', await this.directory.space(on, spaceId));
      const of = { spaceId, day: Temporal.PlainDate.from(day) };
      const visits = new Map((await visitsOfDay(on, of)).map((visit) => [visit.id, visit]));
      const scans = await scansOfDay(on, of);
      const offline = await offlineScans(
        on,
        scans.map(({ id }) => id),
      );
      return scans.map((scan) => {
        const made = offline.get(scan.id) ?? null;
        return scanView(scan, visits.get(scan.visitId ?? made?.visitId ?? '') ?? null, made);
      });
    });
  }

  private async answer(on: Reader, { id, requestHash: hash }: Reading): Promise<ScanView | null> {
    const scan = await findScan(on, id);
    if (!scan) return null;
    if (scan.requestHash !== hash)
      throw RequestProblems.idReused('This id stands for another scan. Make a new id for each scan.');
    const offline = (await offlineScans(on, [id])).get(id) ?? null;
    const visitId = scan.visitId ?? offline?.visitId;
    return scanView(scan, visitId ? await findVisit(on, visitId) : null, offline);
  }
}

function readingOf(of: {
  id: string;
  hash: string;
  code: string;
  scannedAt: string;
  space: Space;
  by: string;
  now: Instant;
  /** Read before we were asked: it belongs to the day of the reading. */
  isOld?: boolean;
}): Reading {
  const { id, hash, code, space, by, now, isOld } = of;
  const scannedAt = Temporal.Instant.from(of.scannedAt);
  return {
    id,
    requestHash: hash,
    codeHash: createHash('sha256').update(code).digest('hex'),
    spaceId: space.id,
    hostNetworkId: space.networkId,
    day: dayAt(isOld ? scannedAt : now, space.timeZone),
    scannedAt,
    decidedAt: now,
    scannedBy: by,
  };
}
