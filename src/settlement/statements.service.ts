import { Injectable } from '@nestjs/common';
import { Directory, partyAt } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { statementCsv } from './statement-csv.js';
import { statementCharges, statementLines, statementTotals, statementVat } from './statement.queries.js';
import type { StatementView } from './statement.schema.js';
import { StatementProblems, WindowProblems } from './window.problems.js';
import { windowRow } from './window.queries.js';

/** What a closed window says to one party. */
@Injectable()
export class Statements {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  /** For the party's own people and those above it; for the treasurer of the window. */
  get(actor: Actor, windowId: string, partyId: string): Promise<StatementView> {
    return this.db.read(namedScope('clearing'), async (on) => {
      const party = await this.directory.party(on, partyId);
      const window = await windowRow(on, windowId);
      const mine = may(actor, 'windows:read', await partyAt(on, this.directory, party));
      if (!window || !(mine || actor.scope.networks.includes(window.networkId)))
        throw WindowProblems.notFound('Check the id; your networks have no such window.');
      const { networkId, untilDay } = window;
      if (!mine) demand(actor, 'windows:read', { organisationId: networkId, networkId });
      if (untilDay === null) throw WindowProblems.notClosed('Statements are written when the window closes.');
      const totals = await statementTotals(on, windowId, partyId);
      if (totals.length === 0)
        throw StatementProblems.notFound('No line of this window concerns this party.');
      return {
        windowId,
        windowNumber: window.number,
        fromDay: window.fromDay,
        untilDay,
        party: { id: party.id, name: party.name },
        totals,
        lines: await statementLines(on, windowId, partyId),
        charges: await statementCharges(on, windowId, partyId),
        vat: await statementVat(on, windowId, partyId),
      };
    });
  }

  async csv(actor: Actor, windowId: string, partyId: string): Promise<string> {
    return statementCsv(await this.get(actor, windowId, partyId));
  }
}
