import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { statementCsv } from './statement-csv.js';
import { statementCharges, statementLines, statementTotals, statementVat } from './statement.queries.js';
import type { StatementView } from './statement.schema.js';
import { reachStatement } from './statement-access.js';
import { StatementProblems } from './window.problems.js';

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
      const { window, party } = await reachStatement(on, this.directory, actor, { windowId, partyId });
      const totals = await statementTotals(on, windowId, partyId);
      if (totals.length === 0)
        throw StatementProblems.notFound('No line of this window concerns this party.');
      return {
        windowId,
        windowNumber: window.number,
        fromDay: window.fromDay,
        untilDay: window.untilDay,
        party,
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
