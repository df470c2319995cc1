import { Injectable } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { Db, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { VisitCorrected } from './checkin.events.js';
import { insertChange } from './visit-change.queries.js';
import { findVisit } from './visit.queries.js';

/** What a guest is called, and what they are told. */
@Injectable()
export class PresenceWords {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
    private readonly outbox: Outbox,
  ) {}

  firstName(personId: string): Promise<string> {
    return this.db.read(
      { ...namedScope('identity'), person: personId },
      async (on) => (await this.identity.firstNames(on, [personId])).get(personId) ?? '',
    );
  }

  async tell(
    tx: Tx,
    visitId: string,
    made: { id: string; by: Parameters<typeof insertChange>[3]; reason: string },
  ): Promise<void> {
    const visit = (await findVisit(tx, visitId))!;
    const { part } = visit;
    const change = {
      id: made.id,
      kind: 'CORRECTION',
      fromPart: part,
      outcome: part,
      reason: made.reason,
    } as const;
    await insertChange(tx, visit, change, made.by);
    const cause = { actor: made.by.name, networkIds: [visit.hostNetworkId] };
    await this.outbox.add(tx, VisitCorrected, { visitId, changeId: change.id }, cause);
  }
}
