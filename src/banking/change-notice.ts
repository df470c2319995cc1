import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { accountRow } from './bank-account.queries.js';
import { changeMail } from './mail-texts.js';
import { BankAccountChanged } from './banking.events.js';

/** Tells whoever gave the account before. The scope `identity` is for their address, which no event carries. */
@Injectable()
export class ChangeNotice implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'banking.change_notice',
      BankAccountChanged,
      (tx, { payload }) => this.write(tx, payload.bankAccountId, payload.beforeId),
      'identity',
    );
  }

  private async write(tx: Tx, accountId: string, beforeId: string): Promise<void> {
    const [account, before] = [await accountRow(tx, accountId), await accountRow(tx, beforeId)];
    const { id, email, language } = await this.identity.person(tx, before!.proposedBy);
    const usableFrom = instantFromDate(account!.usableFrom!).toString();
    const text = changeMail(language, account!.party.name, usableFrom);
    await this.mails.send(tx, { to: email, language, personId: id, ...text });
  }
}
