import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { VisitOverstayed } from './checkin.events.js';
import { VisitProblems } from './checkin.problems.js';
import { overMinutes } from './checkin.rules.js';
import { overstay } from './overstay.js';
import type { PutInvalidation, VisitPage, VisitsQuery, VisitView } from './checkin.schema.js';
import { visitView } from './checkin.views.js';
import type { Visit } from './visit.js';
import {
  completeDue,
  completeVisit,
  findVisit,
  invalidateVisit,
  visitsOfDay,
  visitsOfPerson,
} from './visit.queries.js';

const PAGE_SIZE = 50;

/** Who is in, who was, and the end of each visit. */
@Injectable()
export class Visits {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
  ) {}

  /** Everybody still in at closing time has left by then. Gives how many. */
  completeAll(): Promise<number> {
    return this.db.tx(namedScope('sweep'), (tx) => completeDue(tx, this.clock.now(), null));
  }

  /** By the host, or by the guest. Leaving twice is leaving once. */
  async checkOut(actor: Actor, id: string): Promise<VisitView> {
    return this.db.tx(actor.scope, async (tx) => {
      const visit = await found(tx, id);
      const isGuest = visit.personId === actor.personId;
      if (!isGuest) demandAtSpace(actor, 'visits:write', await this.directory.space(tx, visit.spaceId));
      await this.leave(tx, visit, actor.name);
      const after = await found(tx, id);
      if (after.state === 'INVALID')
        throw VisitProblems.invalid('The visit was declared invalid: there is nobody to check out.');
      return visitView(after, isGuest ? 'guest' : 'host');
    });
  }

  /** Staying longer than booked is found here, where somebody sees the guest leave; it is told to both sides. */
  private async leave(tx: Tx, visit: Visit, name: string): Promise<void> {
    const at = this.clock.now();
    const { terms, endsAt, closesAt, hostNetworkId } = visit;
    const leftAt = Temporal.Instant.compare(at, closesAt) < 0 ? at : closesAt;
    const isCounted = terms.tariff.graceMinutes !== null && endsAt !== null;
    const over = isCounted ? overMinutes(endsAt, leftAt) : 0;
    const isLeft = await completeVisit(tx, visit.id, { at, name, overMinutes: over });
    if (!isLeft || !overstay({ ...visit, overMinutes: over })) return;
    const cause = { actor: name, networkIds: [hostNetworkId] };
    await this.outbox.add(tx, VisitOverstayed, { visitId: visit.id }, cause);
  }

  /**
   * The host takes back what was no visit: it will not be sealed, so nobody owes it. The booking and
   * the half-days it used stay as they are.
   */
  async invalidate(actor: Actor, id: string, { reason }: PutInvalidation): Promise<VisitView> {
    return this.db.tx(actor.scope, async (tx) => {
      const visit = await found(tx, id);
      // Managers, not everybody who may stand at the door: it changes what is owed.
      demandAtSpace(actor, 'spaces:write', await this.directory.space(tx, visit.spaceId));
      await invalidateVisit(tx, id, { at: this.clock.now(), name: actor.name, reason });
      const after = await found(tx, id);
      if (after.state === 'SEALED')
        throw VisitProblems.sealed(
          'A sealed visit is corrected by a credit, never edited. Ask your network.',
        );
      if (after.invalidReason !== reason)
        throw VisitProblems.invalid('The visit was declared invalid for another reason, which stays.');
      return visitView(after, 'host');
    });
  }

  /** The visits of one space and day for its host, else one's own, newest first. */
  list(actor: Actor, query: VisitsQuery): Promise<VisitPage> {
    return this.db.read(actor.scope, async (on) => {
      const { spaceId, day, after } = query;
      if (!spaceId || !day) return ownPage(on, demandPerson(actor), after);
      demandAtSpace(actor, 'visits:read', await this.directory.space(on, spaceId));
      const visits = await visitsOfDay(on, { spaceId, day: Temporal.PlainDate.from(day) });
      return { items: visits.map((visit) => visitView(visit, 'host')), next: null };
    });
  }
}

async function ownPage(on: Reader, personId: string, after: string | undefined): Promise<VisitPage> {
  const visits = await visitsOfPerson(on, personId, { after, limit: PAGE_SIZE });
  const items = visits.map((visit) => visitView(visit, 'guest'));
  return { items, next: items.length === PAGE_SIZE ? items.at(-1)!.id : null };
}

export async function found(on: Reader, id: string): Promise<Visit> {
  const visit = await findVisit(on, id);
  if (!visit)
    throw VisitProblems.notFound(`There is no visit ${id} in your reach. GET /v1/visits lists yours.`);
  return visit;
}
