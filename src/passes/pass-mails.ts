import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import type { PlainDate } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import type { GuestPass } from './guest.queries.js';
import { MAIL_TEXTS } from './mail-texts.js';
import { findPass } from './pass.queries.js';
import { PassExpiring } from './passes.events.js';

const HALF_DAYS_PER_DAY = 2;

/** What is written to holders and to their guests, each in their own language. */
@Injectable()
export class PassMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly mails: Mails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'passes.mail-expiring',
      PassExpiring,
      (tx, { payload }) => this.ending(tx, payload.passId, payload.daysBefore),
      'identity',
    );
  }

  /** Behind the #, where neither a server's log nor a link checker sees the secret. */
  async invited(tx: Tx, invitation: GuestPass, token: string): Promise<void> {
    const { id, language, guestEmail: to } = invitation;
    const link = `${this.address('guest')}#id=${id}&token=${token}`;
    const facts = await this.facts(tx, invitation);
    await this.mails.send(tx, { to, language, ...MAIL_TEXTS[language].invited({ ...facts, link }) });
  }

  async withdrawn(tx: Tx, invitation: GuestPass): Promise<void> {
    const { language, guestEmail: to } = invitation;
    const facts = await this.facts(tx, invitation);
    await this.mails.send(tx, { to, language, ...MAIL_TEXTS[language].withdrawn(facts) });
  }

  private async facts(tx: Tx, { guestName, language, spaceId, day, personId }: GuestPass) {
    const { name } = await this.identity.person(tx, personId);
    const space = await this.directory.space(tx, spaceId);
    const inviter = firstName(name);
    return { guest: guestName, inviter, space: space.name, day: longDay(day, language) };
  }

  private async ending(tx: Tx, passId: string, inDays: number): Promise<void> {
    const pass = await findPass(tx, passId);
    const left = pass?.leftOfPeriods.at(-1) ?? 0;
    if (!pass || left === 0) return;
    const { email, name, language } = await this.identity.person(tx, pass.personId);
    const text = MAIL_TEXTS[language].ending({
      name,
      product: pass.productName,
      inDays,
      until: longDay(pass.validUntil, language),
      left: new Intl.NumberFormat(tagOf(language)).format(left / HALF_DAYS_PER_DAY),
      link: this.address('spaces'),
    });
    await this.mails.send(tx, { to: email, language, personId: pass.personId, ...text });
  }

  private address(page: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return new URL(page, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href;
  }
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0]!;
}

function longDay(day: PlainDate, language: Language): string {
  return day.toLocaleString(tagOf(language), { dateStyle: 'long' });
}

/** The calendar and the digits that tickets and timetables show. */
function tagOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language}-u-ca-gregory-nu-latn`;
}
