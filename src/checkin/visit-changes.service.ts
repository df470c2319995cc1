import { Injectable } from '@nestjs/common';
import { BookingCorrections } from '../bookings/index.js';
import { Directory } from '../directory/index.js';
import type { Actor, Permission } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { invariant } from '../kernel/problem.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { withNetworks } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { VisitCorrected } from './checkin.events.js';
import { VisitProblems } from './checkin.problems.js';
import type { VisitView } from './checkin.schema.js';
import { visitView } from './checkin.views.js';
import type { PutCorrection, PutUndo } from './desk.schema.js';
import { entriesOf } from './scan.queries.js';
import { changePart, insertChange, type VisitChange } from './visit-change.queries.js';
import { completeVisit, invalidateVisit } from './visit.queries.js';
import { found } from './visits.service.js';
import type { Visit } from './visit.js';

/** The screen offers ten seconds; the rest is for a slow network. */
const UNDO_SECONDS = 30;

type Made = { readonly name: string; readonly at: Instant; readonly reason: string };

/** What the door got wrong about a visit, put right until it is sealed. */
@Injectable()
export class VisitChanges {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly corrections: BookingCorrections,
    private readonly outbox: Outbox,
  ) {}

  /** Takes back the last coming in, by whoever stands at the door, within seconds of it. */
  async undo(actor: Actor, id: string, { reason }: PutUndo): Promise<VisitView> {
    return this.change(actor, id, 'visits:write', async (tx, visit) => {
      const made = { name: actor.name, at: this.clock.now(), reason };
      if (visit.state === 'INVALID') return refuseOtherReason(visit, reason);
      if (visit.state === 'SEALED') throw sealed();
      const entries = await entriesOf(tx, id);
      invariant(entries !== null, 'a visit begins with a scan');
      const { first, last } = entries;
      if (Temporal.Instant.compare(made.at, last.decidedAt.add({ seconds: UNDO_SECONDS })) > 0)
        throw VisitProblems.undoOver('Ask a manager of the space to correct the visit.');
      const cameBack = last.id !== first.id;
      const change = { id: newId(), kind: 'UNDO', fromPart: visit.part, reason } as const;
      if (cameBack) {
        await completeVisit(tx, id, made);
        return insertChange(tx, visit, { ...change, outcome: 'LEFT' }, made);
      }
      await invalidateVisit(tx, id, made);
      // The booking a guest had made waits for them again; one that was made at the door ends with its visit.
      const wasMadeHere = visit.bookingId === derivedId(first.id, 'booking');
      await this.corrections[wasMadeHere ? 'takeBack' : 'reopen'](tx, visit.bookingId, made);
      await insertChange(tx, visit, { ...change, outcome: 'INVALID' }, made);
    });
  }

  /** By a manager, until the record is sealed; the guest is told. */
  async correct(actor: Actor, id: string, { to, reason }: PutCorrection): Promise<VisitView> {
    return this.change(actor, id, 'spaces:write', async (tx, visit) => {
      const made = { name: actor.name, at: this.clock.now(), reason };
      if (visit.state === 'SEALED' || Temporal.Instant.compare(made.at, visit.sealsAt) >= 0) throw sealed();
      if (visit.state === 'INVALID') return refuseOtherReason(visit, to === 'INVALID' ? reason : null);
      if (visit.part === to) return;
      const change = { id: newId(), kind: 'CORRECTION', fromPart: visit.part, outcome: to, reason } as const;
      if (to === 'INVALID') {
        await invalidateVisit(tx, id, made);
        await this.corrections.takeBack(tx, visit.bookingId, made);
      } else {
        const booking = await this.corrections.recut(tx, visit.bookingId, to);
        if (!(await changePart(tx, visit, booking))) throw sealed();
      }
      await this.tell(tx, visit, change, made);
    });
  }

  private async tell(tx: Tx, visit: Visit, change: VisitChange, made: Made): Promise<void> {
    await insertChange(tx, visit, change, made);
    const payload = { visitId: visit.id, changeId: change.id };
    await this.outbox.add(tx, VisitCorrected, payload, {
      actor: made.name,
      networkIds: [visit.hostNetworkId],
    });
  }

  private async change(
    actor: Actor,
    id: string,
    permission: Permission,
    act: (tx: Tx, visit: Visit) => Promise<void>,
  ): Promise<VisitView> {
    const known = await this.db.read(actor.scope, async (on) => {
      const visit = await found(on, id);
      demandAtSpace(actor, permission, await this.directory.space(on, visit.spaceId));
      return visit;
    });
    const scope = { ...withNetworks(actor.scope, known.hostNetworkId), person: known.personId };
    return this.db.tx(scope, async (tx) => {
      await act(tx, await lockVisit(tx, id));
      return visitView(await found(tx, id), 'host');
    });
  }
}

/** Of two who change the same visit, the second one sees what the first one did. */
async function lockVisit(tx: Tx, id: string): Promise<Visit> {
  await sql(tx, 'SELECT FROM checkin.visits WHERE id = $1 FOR UPDATE', [id]);
  return found(tx, id);
}

function refuseOtherReason(visit: Visit, reason: string | null): void {
  if (visit.invalidReason !== reason)
    throw VisitProblems.invalid('The visit was declared invalid, for a reason that stays.');
}

function sealed() {
  return VisitProblems.sealed(
    'A sealed visit is corrected by a credit record, never edited. Ask your network.',
  );
}
