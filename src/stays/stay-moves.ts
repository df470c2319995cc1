import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { insertMove, type NewMove, type Stay } from './stay.queries.js';
import { StayMoved } from './stays.events.js';

/** A step that was taken is written down and announced: whoever is concerned reads of it. */
@Injectable()
export class StayMoves {
  constructor(private readonly outbox: Outbox) {}

  async insert(tx: Tx, stay: Pick<Stay, 'id' | 'networkId'>, move: NewMove): Promise<void> {
    await insertMove(tx, stay, move);
    const cause = { actor: move.movedBy, networkIds: [stay.networkId] };
    await this.outbox.add(tx, StayMoved, { stayId: stay.id, moveId: move.id }, cause);
  }
}
