import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { AccessProblems, may, type Actor } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import { priceOf } from '../kernel/tariff.js';
import type { Instant } from '../kernel/time.js';
import { tariffFromWire } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { RecordSealed } from './checkin.events.js';
import { VisitRecordProblems } from './checkin.problems.js';
import type { VisitRecordView } from './checkin.schema.js';
import { recordIdOf, visitRecordView } from './checkin.views.js';
import { findScan, firstScans } from './scan.queries.js';
import type { Visit, VisitRecord } from './visit.js';
import { findRecord, insertRecord } from './visit-record.queries.js';
import { lockSealable, markSealed } from './visit.queries.js';

const BATCH_SIZE_MAX = 100;

/** Sealed visits: written once, priced by the terms of their beginning, never changed. */
@Injectable()
export class VisitRecords {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
  ) {}

  /** For both sides of the visit: those who work at the two spaces, and those who settle for the two networks. */
  get(actor: Actor, id: string): Promise<VisitRecordView> {
    return this.db.read(actor.scope, async (on) => {
      const stored = await findRecord(on, id);
      if (!stored) throw notFound(id);
      const { record, hash } = stored;
      if (!(await this.mayRead(on, actor, record)))
        throw AccessProblems.denied(
          'Visit records are for the staff of both spaces and for their treasurers.',
        );
      const scan = await findScan(on, record.scanId);
      invariant(scan !== null, 'whoever sees a record sees its scan');
      return visitRecordView(record, {
        scan: {
          id: scan.id,
          decidedAt: scan.decidedAt.toString(),
          evidence: record.evidence,
          codeHash: scan.codeHash,
        },
        hash,
        intact: hashOf(record) === hash,
      });
    });
  }

  private async mayRead(on: Reader, actor: Actor, record: VisitRecord): Promise<boolean> {
    const networks = [record.homeNetworkId, record.hostNetworkId];
    if (networks.some((networkId) => may(actor, 'windows:read', { networkId }))) return true;
    for (const spaceId of [record.hostSpaceId, record.homeSpaceId]) {
      if (!spaceId || (actor.spaceId && actor.spaceId !== spaceId)) continue;
      const { operatorId, networkId } = await this.directory.space(on, spaceId);
      if (may(actor, 'visits:read', { organisationId: operatorId, networkId })) return true;
    }
    return false;
  }

  /** Every visit whose day to be corrected is over. Gives how many. */
  async sealAll(): Promise<number> {
    for (let sealed = 0; ;) {
      const batch = await this.db.tx(namedScope('sweep'), (tx) => this.sealBatch(tx));
      sealed += batch;
      if (batch < BATCH_SIZE_MAX) return sealed;
    }
  }

  private async sealBatch(tx: Tx): Promise<number> {
    const now = this.clock.now().round('millisecond'); // as the database keeps it, and so as the hash has it
    const visits = await lockSealable(tx, now, BATCH_SIZE_MAX);
    const ids = visits.map((visit) => visit.id);
    const scans = await firstScans(tx, ids);
    for (const visit of visits) {
      const record = recordOf(visit, scans.get(visit.id)!, now);
      await insertRecord(tx, { record, hash: hashOf(record) });
      const { id: recordId, clearingNetworkId, homeNetworkId, hostNetworkId } = record;
      const networkIds = [...new Set([clearingNetworkId, homeNetworkId, hostNetworkId])];
      await this.outbox.add(
        tx,
        RecordSealed,
        { recordId, clearingNetworkId },
        { actor: 'system', networkIds },
      );
    }
    await markSealed(tx, ids);
    return visits.length;
  }
}

function recordOf(visit: Visit, scanId: string, sealedAt: Instant): VisitRecord {
  const { terms, halfDays, funding, part, minutes, overMinutes } = visit;
  const { rateMinor, ...asked } = tariffFromWire(terms.tariff);
  const tariff = { rateMinor, ...asked };
  const { mode, unit } = terms;
  const price = priceOf({ mode, unit, tariff }, { halfDays, minutes: minutes ?? 0, overMinutes });
  return {
    id: recordIdOf(visit.id),
    visitId: visit.id,
    scanId,
    personRef: derivedId(visit.personId, 'person_ref'),
    sealedAt,
    day: visit.day,
    homeSpaceId: visit.homeSpaceId,
    homeNetworkId: visit.homeNetworkId,
    hostSpaceId: visit.spaceId,
    hostNetworkId: visit.hostNetworkId,
    debtorPartyId: visit.debtorPartyId,
    creditorPartyId: visit.spaceId,
    agreementVersionId: terms.versionId,
    clearingNetworkId: terms.clearingNetworkId,
    mode: terms.mode,
    unit: price.unit,
    halfDays,
    rateMinor,
    amountMinor: price.minor,
    funding,
    evidence: visit.evidence,
    settles: funding !== 'PAY_AS_YOU_GO',
    ...(minutes !== null && { stay: { ...asked, part, minutes, overMinutes } }),
    terms,
  };
}

/** Of every field in canonical form: one changed character and the hash is another. */
function hashOf(record: VisitRecord): string {
  return requestHash(record);
}

function notFound(id: string) {
  return VisitRecordProblems.notFound(
    `There is no visit record ${id} in your reach. A visit has one 24 hours after its day.`,
  );
}
