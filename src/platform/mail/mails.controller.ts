import { Controller, Get, type Type } from '@nestjs/common';
import { z } from 'zod';
import { wireId, wireInstant, wireLanguage, wirePage } from '../../kernel/wire.js';
import { Db } from '../db.js';
import { Permitted, Public } from '../http/access-mark.js';
import { Returns } from '../http/returns.js';
import { namedScope } from '../scope.js';
import { Mails } from './mails.js';

const SHOWN_MAX = 100;

const MailView = z
  .strictObject({
    id: wireId,
    to: z.string(),
    language: wireLanguage,
    subject: z.string(),
    text: z.string(),
    createdAt: wireInstant,
    deliveredAt: wireInstant.nullable(),
  })
  .meta({ id: 'Mail' });
const MailPage = wirePage(MailView).meta({ id: 'MailPage' });
type MailPage = z.infer<typeof MailPage>;

/** The local outbox. In a demo everybody may read it, since nobody's mail is real; else it takes `mails:read`. */
export function mailsController(isDemo: boolean): Type {
  @Controller('v1/mails')
  class MailsController {
    constructor(
      private readonly db: Db,
      private readonly mails: Mails,
    ) {}

    @Get()
    @(isDemo ? Public() : Permitted('mails:read'))
    @Returns(200, MailPage)
    async list(): Promise<MailPage> {
      const mails = await this.db.read(namedScope('operator'), (on) => this.mails.list(on, SHOWN_MAX));
      return { items: mails.map(({ personId: _personId, ...view }) => view), next: null };
    }
  }
  return MailsController;
}
