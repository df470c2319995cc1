import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { readPassCode, REFUSALS, type Refusal } from '../kernel/pass-code/esc1.js';
import { Problem } from '../kernel/problem.js';
import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { Passes, type KnownCredential } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import { Db, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope, withNetworks, type Scope } from '../platform/scope.js';
import { Admission, DoorRefused, type Arrival, type Carried } from './admission.js';
import { demandAtSpace } from './at-space.js';
import type { DoorReason, OfSpaceAndDay, PutScan, ScanView } from './checkin.schema.js';
import { reasonOfProblem } from './door-reasons.js';
import { findScan, insertScan, scansOfDay, type Scan } from './scan.queries.js';
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

type Shown = { readonly code: string; readonly space: Space; readonly part?: Part | undefined };
/** Somebody with their own phone, and what it may reach. */
type Guest = { readonly name: string; readonly scope: Scope; readonly personId: string };

/** One reading of a pass code: decided once, stored whatever the decision, and answered again with the same words. */
@Injectable()
export class Scans {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly passes: Passes,
    private readonly admission: Admission,
  ) {}

  async put(actor: Actor, id: string, body: PutScan): Promise<ScanView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demandAtSpace(actor, 'scans:write', space);
    const reading = readingOf({
      ...body,
      id,
      hash: requestHash(body),
      space,
      by: actor.name,
      now: this.clock.now(),
    });
    return this.read(withNetworks(actor.scope, space.networkId), reading, { ...body, space });
  }

  /** The guest's own phone read the poster of the space, and shows its code to us instead of to a door. */
  atPoster(by: Guest, id: string, shown: Shown & { hash: string; scannedAt: string }): Promise<ScanView> {
    const reading = readingOf({ ...shown, id, by: by.name, now: this.clock.now() });
    return this.read(by.scope, { ...reading, kind: 'POSTER' }, shown, by.personId);
  }

  /** `holder`: whose code it has to be; anybody's at a door. */
  private async read(hosts: Scope, reading: Reading, shown: Shown, holder?: string): Promise<ScanView> {
    const { code, space, part } = shown;
    const earlier = await this.db.read(hosts, (on) => this.answer(on, reading));
    if (earlier) return earlier;
    const known = await this.carried(code, space, reading.day);
    const carried = holder === undefined || known?.credential.personId === holder ? known : null;
    await this.decide(hosts, { reading, code, space, carried, part });
    const answer = await this.db.read(hosts, (on) => this.answer(on, reading));
    if (answer) return answer;
    throw RequestProblems.idReused('This id stands for a scan at another door. Make a new id for each scan.');
  }

  /** Everything that was read at one space on one of its days, accepted or refused. */
  ofDay(actor: Actor, { spaceId, day }: OfSpaceAndDay): Promise<ScanView[]> {
    return this.db.read(actor.scope, async (on) => {
      demandAtSpace(actor, 'visits:read', await this.directory.space(on, spaceId));
      const of = { spaceId, day: Temporal.PlainDate.from(day) };
      const visits = new Map((await visitsOfDay(on, of)).map((visit) => [visit.id, visit]));
      return (await scansOfDay(on, of)).map((scan) => scanView(scan, visits.get(scan.visitId ?? '') ?? null));
    });
  }

  /** A refusal undoes everything but the scan that tells of it. */
  private async decide(hosts: Scope, arrival: Arrival): Promise<void> {
    const { reading, carried } = arrival;
    const guest = {
      ...withNetworks(hosts, ...(carried?.networks ?? [])),
      person: carried?.credential.personId ?? null,
    };
    try {
      await this.db.tx(guest, (tx) => this.admission.admit(tx, arrival));
    } catch (error) {
      const { reason, refusal } = refusalOf(error);
      const known = carried && isBelieved(refusal) ? carried : null;
      await this.db.tx(guest, async (tx) => {
        const language = known && (await this.admission.languageOf(tx, known.credential.personId));
        await insertScan(tx, {
          ...reading,
          state: 'REFUSED',
          reason,
          refusal,
          evidence: null,
          visitId: null,
          credentialId: known?.credential.id ?? null,
          personId: known?.credential.personId ?? null,
          homeNetworkId: known?.homeNetworkId ?? null,
          guestLanguage: language,
        });
      });
    }
  }

  /** Whose code this claims to be, and the lists to judge it by. Nothing is believed yet. */
  private async carried(code: string, space: Space, day: PlainDate): Promise<Carried | null> {
    const parsed = readPassCode(code);
    if (typeof parsed === 'string') return null;
    const { credentialId } = parsed.credential;
    const credential = await this.db.read(namedScope('identity'), (on) =>
      this.passes.credentialByCti(on, credentialId),
    );
    if (!credential) return null;
    const homeNetworkId = await this.homeNetwork(credential, day);
    const networks = [space.networkId, credential.networkId, homeNetworkId];
    return { credential, homeNetworkId, networks, cti: credentialId, proof: parsed.proof };
  }

  private async homeNetwork({ personId, networkId }: KnownCredential, day: PlainDate): Promise<string> {
    const own: Scope = { networks: [], person: personId };
    const home = await this.db.read(own, (on) => this.directory.homeOf(on, personId, day));
    return home?.networkId ?? networkId;
  }

  private async answer(on: Reader, { id, requestHash: hash }: Reading): Promise<ScanView | null> {
    const scan = await findScan(on, id);
    if (!scan) return null;
    if (scan.requestHash !== hash)
      throw RequestProblems.idReused('This id stands for another scan. Make a new id for each scan.');
    return scanView(scan, scan.visitId ? await findVisit(on, scan.visitId) : null);
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
}): Reading {
  const { id, hash, code, scannedAt, space, by, now } = of;
  return {
    id,
    requestHash: hash,
    codeHash: createHash('sha256').update(code).digest('hex'),
    spaceId: space.id,
    hostNetworkId: space.networkId,
    day: dayAt(now, space.timeZone),
    scannedAt: Temporal.Instant.from(scannedAt),
    decidedAt: now,
    scannedBy: by,
  };
}

/** Why the guest is not let in. What is not about the guest is thrown on. */
export function refusalOf(error: unknown): { reason: DoorReason; refusal: Refusal | null } {
  if (error instanceof DoorRefused) return error;
  if (violates(error, 'visits_one_inside')) return { reason: 'already_in', refusal: 'already_in' };
  const reason = error instanceof Problem ? reasonOfProblem(error) : null;
  if (!reason) throw error;
  return { reason, refusal: null };
}

/** From the issuer's signature on, the code says truly whose it is; before, anybody could have written it. */
function isBelieved(refusal: Refusal | null): boolean {
  return refusal === null || REFUSALS.indexOf(refusal) > REFUSALS.indexOf('issuer_signature');
}
