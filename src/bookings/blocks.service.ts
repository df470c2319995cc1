import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks, type Scope } from '../platform/scope.js';
import { BookingActs } from './booking-acts.js';
import { BlockProblems } from './booking.problems.js';
import {
  addToBlock,
  appealsOfNetwork,
  blocksOfPerson,
  blocksOfSpace,
  findBlock,
  heldThere,
  insertBlock,
  isKnownTo,
  type Block,
} from './block.queries.js';
import type { BlocksQuery, PutAppeal, PutAppealDecision, PutBlock } from './block.schema.js';
import { lockBooking } from './booking.queries.js';
import { GuestBlocked, AppealDecided } from './bookings.events.js';

/** Who may not come to a space, with reasons; and how that ends: by its day, by the space, or by an appeal. */
@Injectable()
export class Blocks {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly acts: BookingActs,
    private readonly outbox: Outbox,
  ) {}

  /** What they have booked there is canceled by the host: free of charge for them. */
  async put(actor: Actor, id: string, body: PutBlock): Promise<Block> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demand(actor, 'blocks:write', { organisationId: space.operatorId, networkId: space.networkId });
    const { personId, spaceId, reason, statement, until } = body;
    const hash = requestHash(body);
    return this.db.tx({ ...withNetworks(actor.scope, space.networkId), person: personId }, async (tx) => {
      if (!(await isKnownTo(tx, body)))
        throw BlockProblems.personUnknown('A space blocks guests who were there or are about to come.');
      const now = this.clock.now();
      const untilDay = until === undefined ? null : Temporal.PlainDate.from(until);
      const block = { id, requestHash: hash, spaceId, hostNetworkId: space.networkId, personId, reason };
      const isNew = await insertBlock(tx, { ...block, statement, untilDay, blockedBy: actor.name }, now);
      const stored = await findBlock(tx, id);
      if (stored?.requestHash !== hash) throw RequestProblems.idReused('This id stands for another block.');
      if (!isNew) return stored;
      for (const held of await heldThere(tx, { personId, spaceId, day: dayAt(now, space.timeZone) }))
        await this.acts.cancel(
          tx,
          await lockBooking(tx, held.id),
          { name: actor.name, isHost: true },
          'The space has blocked the guest.',
        );
      await this.announce(tx, GuestBlocked, stored, actor);
      return stored;
    });
  }

  /** By the space itself. */
  async lift(actor: Actor, id: string): Promise<Block> {
    const block = await this.find(actor.scope, id);
    await this.demandAt(actor, block);
    return this.change(actor, block, async (tx) => {
      await addToBlock(
        tx,
        block,
        { table: 'block_lifts', more: { lifted_by: actor.name } },
        this.clock.now(),
      );
    });
  }

  /** By whoever is blocked, once. */
  async appeal(actor: Actor, id: string, { statement }: PutAppeal): Promise<Block> {
    const personId = demandPerson(actor);
    const block = await this.find(actor.scope, id);
    if (block.personId !== personId) throw notFound(id);
    if (block.appeal !== null && block.appeal.statement !== statement)
      throw BlockProblems.appealed('You have appealed; the network decides. Its answer comes by mail.');
    return this.change(actor, block, async (tx) => {
      await addToBlock(tx, block, { table: 'block_appeals', more: { statement } }, this.clock.now());
    });
  }

  /** By an administrator of the network, who must not be whoever blocked. Decided once. */
  async decide(actor: Actor, id: string, { outcome, statement }: PutAppealDecision): Promise<Block> {
    const block = await this.find(actor.scope, id);
    demand(actor, 'blocks:write', { networkId: block.hostNetworkId });
    if (block.blockedBy === actor.name)
      throw BlockProblems.ownBlock('You blocked this guest yourself: another administrator decides.');
    if (block.appeal === null) throw BlockProblems.notAppealed('Nobody has appealed against this block.');
    const isSame = block.decision?.outcome === outcome && block.decision.statement === statement;
    if (block.decision !== null && !isSame)
      throw BlockProblems.decided('The appeal was decided, and the decision stays.');
    return this.change(actor, block, async (tx) => {
      const more = { outcome, statement, decided_by: actor.name };
      const isNew = await addToBlock(tx, block, { table: 'block_decisions', more }, this.clock.now());
      if (isNew) await this.announce(tx, AppealDecided, block, actor);
    });
  }

  list(actor: Actor, { spaceId, networkId }: BlocksQuery): Promise<Block[]> {
    return this.db.read(actor.scope, async (on) => {
      if (spaceId !== undefined) {
        const space = await this.directory.space(on, spaceId);
        demand(actor, 'blocks:write', { organisationId: space.operatorId, networkId: space.networkId });
        return blocksOfSpace(on, spaceId);
      }
      if (networkId === undefined) return blocksOfPerson(on, demandPerson(actor));
      demand(actor, 'blocks:write', { networkId });
      return appealsOfNetwork(on, networkId);
    });
  }

  private async find(scope: Scope, id: string): Promise<Block> {
    const block = await this.db.read(scope, (on) => findBlock(on, id));
    if (!block) throw notFound(id);
    return block;
  }

  private async demandAt(actor: Actor, { spaceId }: Block): Promise<void> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    demand(actor, 'blocks:write', { organisationId: space.operatorId, networkId: space.networkId });
  }

  private change(actor: Actor, block: Block, act: (tx: Tx) => Promise<void>): Promise<Block> {
    const scope = { ...withNetworks(actor.scope, block.hostNetworkId), person: block.personId };
    return this.db.tx(scope, async (tx) => {
      await act(tx);
      return (await findBlock(tx, block.id))!;
    });
  }

  private announce(
    tx: Tx,
    event: typeof GuestBlocked,
    { id, hostNetworkId }: Block,
    { name }: Actor,
  ): Promise<void> {
    return this.outbox.add(tx, event, { blockId: id }, { actor: name, networkIds: [hostNetworkId] });
  }
}

function notFound(id: string) {
  return BlockProblems.notFound(`There is no block ${id} in your reach.`);
}
