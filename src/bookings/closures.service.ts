import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { withNetworks } from '../platform/scope.js';
import { bookingOf } from './booking.queries.js';
import type { PutClosure } from './closure.schema.js';
import {
  closureOf,
  closuresOf,
  countsOf,
  insertClosure,
  isSameClosure,
  withdrawClosure,
  type Closure,
} from './closure.queries.js';
import { demandStaff } from './known-bookings.js';
import { ClosureAnnounced, ClosureWithdrawn } from './proposal.events.js';
import { ClosureProblems } from './proposal.problems.js';
import { proposalsOfClosure, withdrawOfClosure } from './proposal.queries.js';
import type { Told } from './proposal-acts.js';

export type ToldClosure = {
  readonly closure: Closure;
  readonly counts: Awaited<ReturnType<typeof countsOf>>;
};

/** Days on which a space cannot serve, announced by those who manage it. */
@Injectable()
export class Closures {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
  ) {}

  async put(actor: Actor, id: string, body: PutClosure): Promise<ToldClosure> {
    const { spaceId, fromDay, untilDay, reason } = body;
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      const now = this.clock.now();
      const closure = {
        id,
        spaceId,
        networkId: space.networkId,
        fromDay,
        untilDay,
        reason,
        announcedAt: now,
      };
      if (await insertClosure(tx, { ...closure, requestHash: hash, by: actor.name })) {
        if (Temporal.PlainDate.compare(fromDay, dayAt(now, space.timeZone)) < 0)
          throw ClosureProblems.past('That day is over at the space. Let the closure begin today or later.');
        const cause = { actor: actor.name, networkIds: [space.networkId] };
        await this.outbox.add(tx, ClosureAnnounced, { closureId: id }, cause);
      } else if (!(await isSameClosure(tx, id, hash))) {
        throw RequestProblems.idReused('This id stands for another closure. Make a new id for a new one.');
      }
      return this.told(tx, id);
    });
  }

  /** The space opens after all: whoever has not answered keeps their booking; what was accepted stays. */
  async withdraw(actor: Actor, id: string): Promise<ToldClosure> {
    const closure = await this.db.read(actor.scope, (on) => this.find(on, actor, id));
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, closure.spaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      const now = this.clock.now();
      if (await withdrawClosure(tx, id, actor.name, now)) {
        await withdrawOfClosure(tx, id, actor.name, now);
        const cause = { actor: actor.name, networkIds: [space.networkId] };
        await this.outbox.add(tx, ClosureWithdrawn, { closureId: id }, cause);
      }
      return this.told(tx, id);
    });
  }

  get(actor: Actor, id: string): Promise<ToldClosure> {
    return this.db.read(actor.scope, async (on) => {
      await this.find(on, actor, id);
      return this.told(on, id);
    });
  }

  /** Newest first. */
  list(actor: Actor, spaceId: string): Promise<ToldClosure[]> {
    return this.db.read(actor.scope, async (on) => {
      demandStaff(actor, await this.directory.space(on, spaceId));
      const told: ToldClosure[] = [];
      for (const closure of await closuresOf(on, spaceId))
        told.push({ closure, counts: await countsOf(on, closure.id) });
      return told;
    });
  }

  /** Each guest it concerns, and what came of it. */
  proposals(actor: Actor, id: string, after: string | null): Promise<Told[]> {
    return this.db.read(actor.scope, async (on) => {
      await this.find(on, actor, id);
      const told: Told[] = [];
      for (const proposal of await proposalsOfClosure(on, id, after))
        told.push({ proposal, booking: await bookingOf(on, proposal.bookingId) });
      return told;
    });
  }

  private async find(on: Reader, actor: Actor, id: string): Promise<Closure> {
    const closure = await closureOf(on, id);
    demandStaff(actor, await this.directory.space(on, closure.spaceId));
    return closure;
  }

  private async told(on: Reader, id: string): Promise<ToldClosure> {
    return { closure: await closureOf(on, id), counts: await countsOf(on, id) };
  }
}
