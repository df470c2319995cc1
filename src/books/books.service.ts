import { Injectable } from '@nestjs/common';
import { Directory, partyAt } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import { Db, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { BookProblems } from './books.problems.js';
import type {
  AccountPage,
  AccountStatementPage,
  BookQuery,
  EntryView,
  JournalPage,
  JournalQuery,
  StatementQuery,
  TrialBalancePage,
} from './books.schema.js';
import { accountsByNumber } from './chart.js';
import { accountStatement, entryById, journalPage, trialBalance } from './journal.queries.js';
import { atNetwork } from './periods.service.js';

const CLEARING = namedScope('clearing');

/** What stands in the books, for the treasurer of the network; for a party's own people, what is about them. */
@Injectable()
export class Books {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  accounts(actor: Actor, networkId: string): AccountPage {
    demand(actor, 'windows:read', { networkId });
    return { items: [...accountsByNumber.values()].map((account) => ({ ...account })), next: null };
  }

  journal(actor: Actor, networkId: string, query: JournalQuery): Promise<JournalPage> {
    return this.read(actor, networkId, query.partyId, (on) => journalPage(on, networkId, query));
  }

  trialBalance(actor: Actor, networkId: string, query: BookQuery): Promise<TrialBalancePage> {
    return this.read(actor, networkId, query.partyId, (on) => trialBalance(on, networkId, query));
  }

  statement(
    actor: Actor,
    of: { readonly networkId: string; readonly account: string },
    query: StatementQuery,
  ): Promise<AccountStatementPage> {
    if (!accountsByNumber.has(of.account))
      throw BookProblems.accountUnknown('GET …/accounts lists them.', { account: of.account });
    return this.read(actor, of.networkId, query.partyId, async (on) => {
      const { id, name } = await this.directory.party(on, query.partyId);
      return { ...(await accountStatement(on, of, query)), party: { id, name } };
    });
  }

  entry(actor: Actor, networkId: string, id: string): Promise<EntryView> {
    return this.read(actor, networkId, undefined, async (on) => {
      const entry = await entryById(on, networkId, id);
      if (!entry)
        throw BookProblems.entryNotFound('Check the id; the books of this network have no such entry.');
      return entry;
    });
  }

  /** In the scope `clearing`, for whoever may read the whole book, or this party's part of it. */
  read<Result>(
    actor: Actor,
    networkId: string,
    partyId: string | undefined,
    work: (on: Reader) => Promise<Result>,
  ): Promise<Result> {
    return this.db.read(CLEARING, async (on) => {
      const at = partyId && (await partyAt(on, this.directory, await this.directory.party(on, partyId)));
      if (!at || !may(actor, 'windows:read', at)) demand(actor, 'windows:read', atNetwork(networkId));
      return work(on);
    });
  }
}
