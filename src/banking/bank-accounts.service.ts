import { Injectable } from '@nestjs/common';
import { isValidBIC, isValidIBAN, electronicFormatIBAN } from 'ibantools';
import { Directory, partyAt, type Party } from '../directory/index.js';
import { demand, demandPerson, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import {
  accountRow,
  accountsOfNetwork,
  accountsOfParty,
  accountView,
  usedAccounts,
  type BankAccount,
} from './bank-account.queries.js';
import { BankAccountChanged } from './banking.events.js';
import { BankAccountProblems } from './banking.problems.js';
import type { BankAccountPage, BankAccountView, OfParty, PutBankAccount } from './banking.schema.js';

/** A changed account pays nobody for three days: time enough for its owner to read the notice. */
const COOL_DOWN_HOURS = 72;
const CLEARING = namedScope('clearing');

/** Where a party is paid and pays from. An account counts once a second person has approved it. */
@Injectable()
export class BankAccounts {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
  ) {}

  async propose(actor: Actor, id: string, body: PutBankAccount): Promise<BankAccountView> {
    const personId = demandPerson(actor);
    const iban = body.iban === undefined ? null : electronicFormatIBAN(body.iban);
    if (body.iban !== undefined && (!iban || !isValidIBAN(iban)))
      throw BankAccountProblems.badIban('Its check digits do not fit. Copy it once more from the bank.');
    if (body.bic !== undefined && !isValidBIC(body.bic))
      throw BankAccountProblems.badBic('A BIC has 8 or 11 letters and digits. It may be left out.');
    const hash = requestHash(body);
    return this.db.tx(CLEARING, async (tx) => {
      const party = await this.demandAt(tx, actor, body.partyId);
      await sql(
        tx,
        `INSERT INTO banking.bank_accounts (id, party_id, network_id, holder, country, unit, iban, bic, number,
           bank, proposed_by, proposed_at, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12) ON CONFLICT (id) DO NOTHING`,
        [
          id,
          party.id,
          party.networkId,
          body.holder,
          body.country,
          body.unit,
          iban,
          body.bic ?? null,
          body.number ?? null,
          body.bank ?? null,
          personId,
          this.clock.now().toString(),
          hash,
        ],
      );
      const stored = await accountRow(tx, id);
      if (stored?.requestHash !== hash)
        throw RequestProblems.idReused('This id stands for another account. Make a new id for each.');
      return accountView(tx, stored, this.clock.now());
    });
  }

  /** By somebody else than who proposed it. The people of the account before are told. */
  async approve(actor: Actor, id: string): Promise<BankAccountView> {
    const personId = demandPerson(actor);
    try {
      return await this.db.tx(CLEARING, async (tx) => {
        const account = await this.find(tx, actor, id);
        const now = this.clock.now();
        const [before] = await usedAccounts(tx, [account.party.id], account.unit, now);
        const usableFrom = before ? now.add({ hours: COOL_DOWN_HOURS }) : now;
        const [added] = await sql(
          tx,
          `INSERT INTO banking.bank_account_approvals (bank_account_id, network_id, proposed_by, approved_by,
             approved_at, usable_from, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $5) ON CONFLICT DO NOTHING RETURNING bank_account_id`,
          [id, account.networkId, account.proposedBy, personId, now.toString(), usableFrom.toString()],
        );
        if (added && before) {
          const changed = { bankAccountId: id, beforeId: before.id };
          const by = { actor: actor.name, networkIds: [account.networkId] };
          await this.outbox.add(tx, BankAccountChanged, changed, by);
        }
        return accountView(tx, (await accountRow(tx, id))!, now);
      });
    } catch (error) {
      if (!violates(error, 'account_four_eyes')) throw error;
      throw BankAccountProblems.fourEyes(
        'You have proposed this account: ask a second person to approve it.',
      );
    }
  }

  list(actor: Actor, of: OfParty): Promise<BankAccountPage> {
    return this.db.read(CLEARING, async (on) => {
      if ('partyId' in of) await this.demandAt(on, actor, of.partyId);
      const accounts =
        'partyId' in of
          ? await accountsOfParty(on, of.partyId)
          : await this.ofNetwork(on, actor, of.networkId);
      const items: BankAccountView[] = [];
      for (const account of accounts) items.push(await accountView(on, account, this.clock.now()));
      return { items, next: null };
    });
  }

  /** For a treasurer: the accounts of all parties of the network. */
  ofNetwork(on: Reader, actor: Actor, networkId: string): Promise<BankAccount[]> {
    demand(actor, 'banking:write', { organisationId: networkId, networkId });
    return accountsOfNetwork(on, networkId);
  }

  /** An account in the actor's reach; elsewhere there is none. */
  async find(on: Reader, actor: Actor, id: string) {
    const account = await accountRow(on, id);
    if (!account || !(await this.mayAt(on, actor, account.party.id))) throw notFound();
    return account;
  }

  private async demandAt(on: Reader, actor: Actor, partyId: string): Promise<Party> {
    const party = await this.directory.party(on, partyId);
    demand(actor, 'banking:write', await partyAt(on, this.directory, party));
    return party;
  }

  private async mayAt(on: Reader, actor: Actor, partyId: string): Promise<boolean> {
    const party = await this.directory.party(on, partyId);
    return may(actor, 'banking:write', await partyAt(on, this.directory, party));
  }
}

function notFound() {
  return BankAccountProblems.notFound('Check the id; your spaces and networks have no such account.');
}
