import { Injectable } from '@nestjs/common';
import { Directory, partyAt } from '../directory/index.js';
import { demand, may, type Actor, type At } from '../identity/index.js';
import { Db, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { DocumentProblems } from './billing.problems.js';
import { documentById, documentsOf, instructionsOf } from './document.queries.js';
import type { BillingQuery, DocumentPage, DocumentView, PaymentInstructionPage } from './document.schema.js';

/** Documents and payment instructions, for the treasurer who cleared them and for the parties on them. */
@Injectable()
export class Documents {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  async get(actor: Actor, id: string): Promise<DocumentView> {
    return this.db.read(namedScope('clearing'), async (on) => {
      const document = await documentById(on, id);
      if (!document || !(await this.mayRead(on, actor, document.reach)))
        throw DocumentProblems.notFound('Check the id; none of your organisations has such a document.');
      return document.view;
    });
  }

  list(actor: Actor, query: BillingQuery): Promise<DocumentPage> {
    return this.db.read(namedScope('clearing'), async (on) => {
      await this.demandAll(on, actor, query);
      return { items: await documentsOf(on, query), next: null };
    });
  }

  instructions(actor: Actor, query: BillingQuery): Promise<PaymentInstructionPage> {
    return this.db.read(namedScope('clearing'), async (on) => {
      await this.demandAll(on, actor, query);
      return { items: await instructionsOf(on, query), next: null };
    });
  }

  private async demandAll(on: Reader, actor: Actor, query: BillingQuery): Promise<void> {
    demand(
      actor,
      'documents:read',
      'networkId' in query ? at(query.networkId) : await this.at(on, query.partyId),
    );
  }

  private async mayRead(
    on: Reader,
    actor: Actor,
    { networkId, partyIds }: { networkId: string; partyIds: readonly string[] },
  ): Promise<boolean> {
    const places: At[] = [at(networkId)];
    for (const partyId of partyIds) places.push(await this.at(on, partyId));
    return places.some((place) => may(actor, 'documents:read', place));
  }

  private async at(on: Reader, partyId: string) {
    return partyAt(on, this.directory, await this.directory.party(on, partyId));
  }
}

function at(networkId: string): At {
  return { organisationId: networkId, networkId };
}
