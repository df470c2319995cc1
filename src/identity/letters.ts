import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '../kernel/wire.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { MAIL_TEXTS } from './mail-texts.js';
import type { Person } from './people.queries.js';

/** A secret to hand over, and the row it opens. */
type Secret = { readonly id: string; readonly token: string };

/** The mails identity writes, each in its reader's language. */
@Injectable()
export class Letters {
  constructor(
    private readonly mails: Mails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async confirm(tx: Tx, person: Person, token: string): Promise<void> {
    const link = this.link('confirm-address', { id: person.id, token });
    await this.send(tx, person, MAIL_TEXTS[person.language].confirm(person.name, link));
  }

  async known(tx: Tx, person: Person): Promise<void> {
    await this.send(
      tx,
      person,
      MAIL_TEXTS[person.language].known(person.name, this.address('reset-password')),
    );
  }

  async reset(tx: Tx, person: Person, secret: Secret): Promise<void> {
    await this.send(tx, person, MAIL_TEXTS[person.language].reset(person.name, this.passwordLink(secret)));
  }

  /** Where a person chooses a password. The command line prints it, because no mail may work yet. */
  passwordLink(secret: Secret): string {
    return this.link('new-password', secret);
  }

  async invite(
    tx: Tx,
    invitation: Secret & { readonly email: string; readonly language: Language },
    organisation: string,
  ): Promise<void> {
    const { email: to, language } = invitation;
    const text = MAIL_TEXTS[language].invite(organisation, this.link('invitation', invitation));
    await this.mails.send(tx, { to, language, ...text });
  }

  private async send(tx: Tx, { id, email, language }: Person, text: { subject: string; text: string }) {
    await this.mails.send(tx, { to: email, language, personId: id, ...text });
  }

  /** Behind the #, where neither a server's log nor a link checker sees it. */
  private link(page: string, { id, token }: Secret): string {
    return `${this.address(page)}#id=${id}&token=${token}`;
  }

  private address(page: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return new URL(page, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href;
  }
}
