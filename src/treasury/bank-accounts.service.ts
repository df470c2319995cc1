import { Injectable } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { AccessProblems, demand, type Actor } from '../identity/index.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { Mails } from '../platform/mail/mails.js';
import { namedScope } from '../platform/scope.js';
import { FourEyes } from './four-eyes.service.js';
import { isIban, plainIban } from './iban.rules.js';
import { ApprovalProblems, BankAccountProblems } from './treasury.problems.js';
import type { BankAccountPage, BankAccountView, PutBankAccount } from './treasury.schema.js';

const CLEARING = namedScope('clearing');
/** Long enough for whoever is at the old address to read the notice and to shout. */
const COOL_DOWN_HOURS = 72;

/** Where a party is paid. A change takes two people and three days, and the old contact hears of it at once. */
@Injectable()
export class BankAccounts {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly fourEyes: FourEyes,
    private readonly mails: Mails,
  ) {}

  async put(actor: Actor, id: string, body: PutBankAccount): Promise<BankAccountView> {
    const iban = plainIban(body.iban);
    if (!isIban(iban))
      throw BankAccountProblems.badIban('Its check digits do not fit: compare it with the bank card.');
    return this.db.tx(CLEARING, async (tx) => {
      const networkId = await this.demandVoice(tx, actor, body.partyId);
      const { partyId, holder, contact } = body;
      const proposal = {
        networkId,
        act: 'BANK_ACCOUNT',
        subject: `${partyId} ${iban} ${id}`,
        note: holder,
      } as const;
      await this.fourEyes.add(tx, id, proposal, actor.name);
      const added = await sql(
        tx,
        `INSERT INTO treasury.bank_accounts (id, network_id, party_id, iban, holder, contact, written_by, request_hash,
           created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
        [
          id,
          networkId,
          partyId,
          iban,
          holder,
          contact,
          actor.name,
          requestHash(body),
          this.clock.now().toString(),
        ],
      );
      if (added.length > 0) await this.noticeOldContact(tx, { id, partyId, holder });
      return (await this.views(tx, 'account.id', id))[0]!;
    });
  }

  async approve(actor: Actor, id: string): Promise<BankAccountView> {
    return this.db.tx(CLEARING, async (tx) => {
      const [found] = await this.views(tx, 'account.id', id);
      if (!found) throw ApprovalProblems.notFound('Check the id; there is no such bank account.');
      await this.demandVoice(tx, actor, found.partyId);
      await this.fourEyes.sign(tx, id, actor.name);
      return (await this.views(tx, 'account.id', id))[0]!;
    });
  }

  list(actor: Actor, partyId: string): Promise<BankAccountPage> {
    return this.db.read(CLEARING, async (on) => {
      const party = await this.directory.party(on, partyId);
      demand(actor, 'windows:read', await partyAt(on, this.directory, party));
      return { items: await this.views(on, 'account.party_id', partyId), next: null };
    });
  }

  private async demandVoice(on: Reader, actor: Actor, partyId: string): Promise<string> {
    const party = await this.directory.party(on, partyId);
    if (!speaksFor(actor, await partyAt(on, this.directory, party)))
      throw AccessProblems.denied('Bank accounts are for who runs the space, and for its treasurer.');
    return party.networkId;
  }

  /** Written once, in the transaction of the first proposal. */
  private async noticeOldContact(
    tx: Parameters<FourEyes['add']>[0],
    account: { readonly id: string; readonly partyId: string; readonly holder: string },
  ): Promise<void> {
    const [old] = await sql<{ contact: string; iban: string }>(
      tx,
      `SELECT contact, iban FROM treasury.bank_accounts account JOIN treasury.signatures ON approval_id = account.id
       WHERE party_id = $1 AND account.id <> $2 ORDER BY signatures.created_at DESC LIMIT 1`,
      [account.partyId, account.id],
    );
    if (!old) return;
    await this.mails.send(tx, {
      to: old.contact,
      language: 'en',
      subject: 'Another bank account is proposed for your payments',
      text: [
        `Somebody proposed another bank account in the name of ${account.holder}, instead of the one ending in ${old.iban.slice(-4)}.`,
        `Once a second person approves it, payments go there after ${COOL_DOWN_HOURS} hours.`,
        'If you know nothing of this, tell your network at once.',
      ].join('\n\n'),
    });
  }

  private async views(
    on: Reader,
    column: 'account.id' | 'account.party_id',
    value: string,
  ): Promise<BankAccountView[]> {
    const rows = await sql<Row>(
      on,
      `SELECT account.id, party_id AS "partyId", iban, holder, written_by AS "proposedBy", signed_by AS "approvedBy",
         signature.created_at AS "approvedAt", EXISTS (
           SELECT FROM treasury.bank_accounts earlier JOIN treasury.signatures before ON before.approval_id = earlier.id
           WHERE earlier.party_id = account.party_id AND before.created_at < signature.created_at) AS "isChange"
       FROM treasury.bank_accounts account LEFT JOIN treasury.signatures signature ON approval_id = account.id
       WHERE ${column} = $1 ORDER BY signature.created_at DESC NULLS LAST, account.id DESC`,
      [value],
    );
    const now = this.clock.now();
    let current = false;
    return rows.map(({ approvedAt, isChange, ...row }) => {
      const approved = approvedAt && instantFromDate(approvedAt);
      const usable = approved && approved.add({ hours: isChange ? COOL_DOWN_HOURS : 0 });
      const isCurrent = !current && usable !== null && Temporal.Instant.compare(usable, now) <= 0;
      current ||= isCurrent;
      return { ...row, usableFrom: usable?.toString() ?? null, isCurrent };
    });
  }
}

type Row = Omit<BankAccountView, 'usableFrom' | 'isCurrent'> & { approvedAt: Date | null; isChange: boolean };
