import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { amount, type Amount } from '../kernel/money.js';
import { Problem } from '../kernel/problem.js';
import { priceOf } from '../kernel/tariff.js';
import { amountToWire } from '../kernel/wire.js';
import { Db, type Reader } from '../platform/db.js';
import { VisitFunding, type Funded } from './funding.js';
import type { VisitCost, VisitCostPage, VisitCostsQuery } from './visit-costs.schema.js';

/** What stands for half a day in a list, before a time is named. */
const HALF_DAY_MINUTES = 4 * 60;

/** Which entitlement would pay at each of several spaces: for a list, where a quote of each would promise too much. */
@Injectable()
export class VisitCosts {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly funding: VisitFunding,
  ) {}

  of(actor: Actor, query: VisitCostsQuery): Promise<VisitCostPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const items: VisitCost[] = [];
      for (const id of query.spaceId) {
        const space = await this.directory.space(on, id);
        items.push(await this.costAt(on, { personId, space, query }));
      }
      return { items, next: null };
    });
  }

  private async costAt(
    on: Reader,
    { personId, space, query }: { personId: string; space: Space; query: VisitCostsQuery },
  ): Promise<VisitCost> {
    const { day, part, resourceKind } = query;
    const halfDays = part === 'DAY' ? 2 : 1;
    const unpaid = { spaceId: space.id, halfDays, leftHalfDays: null, guestPrice: null };
    try {
      const funded = await this.funding.of(on, { personId, space, resourceKind, day, halfDays });
      const { funding, leftHalfDays } = funded.taken;
      const guestPrice = amountToWire(guestPays(funded, halfDays));
      return { spaceId: space.id, halfDays, funding, leftHalfDays, guestPrice, refusal: null };
    } catch (error) {
      if (error instanceof Problem) return { ...unpaid, funding: null, refusal: error.code };
      throw error;
    }
  }
}

function guestPays({ taken, terms }: Funded, halfDays: number): Amount {
  return taken.funding === 'PAY_AS_YOU_GO'
    ? priceOf(terms, { halfDays, minutes: halfDays * HALF_DAY_MINUTES })
    : amount(terms.unit, 0);
}
