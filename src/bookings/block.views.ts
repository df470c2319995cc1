import { Injectable } from '@nestjs/common';
import { Identity, type Actor } from '../identity/index.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { Block } from './block.queries.js';
import type { BlockView } from './block.schema.js';

/** Blocks as they are shown: to whoever is blocked without a name, to everybody else with a first name. */
@Injectable()
export class BlockViews {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
  ) {}

  async one(actor: Actor, block: Block): Promise<BlockView> {
    return (await this.of(actor, [block]))[0]!;
  }

  async of(actor: Actor, blocks: readonly Block[]): Promise<BlockView[]> {
    const others = blocks.filter(({ personId }) => personId !== actor.personId);
    const names = await this.db.read(namedScope('identity'), (on) =>
      this.identity.firstNames(
        on,
        others.map(({ personId }) => personId),
      ),
    );
    return blocks.map((block) => ({
      id: block.id,
      spaceId: block.spaceId,
      spaceName: block.spaceName,
      firstName: names.get(block.personId) ?? null,
      reason: block.reason,
      statement: block.statement,
      until: block.untilDay?.toString() ?? null,
      createdAt: block.createdAt.toString(),
      state: this.stateOf(block),
      appeal: block.appeal,
      decision: block.decision,
    }));
  }

  private stateOf({ isLifted, untilDay, timeZone }: Block): BlockView['state'] {
    if (isLifted) return 'LIFTED';
    const today = dayAt(this.clock.now(), timeZone);
    return untilDay !== null && Temporal.PlainDate.compare(untilDay, today) < 0 ? 'ENDED' : 'IN_FORCE';
  }
}
