import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { FACTOR_MAIL_TEXTS, type FactorNews } from './factor-mail-texts.js';
import { personById } from './people.queries.js';

/** Whoever's ways to sign in change is told by mail: it may not have been them. */
@Injectable()
export class FactorLetters {
  constructor(private readonly mails: Mails) {}

  async changed(tx: Tx, personId: string, news: FactorNews): Promise<void> {
    const { email: to, language, name } = await personById(tx, personId);
    await this.mails.send(tx, { to, language, personId, ...FACTOR_MAIL_TEXTS[language](name, news) });
  }
}
