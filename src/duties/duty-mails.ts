import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { SellerAsked, SellerRestricted, VolumeNear } from './duties.events.js';
import { DUTY_MAILS } from './mail-texts.js';
import { restrictionById } from './seller.queries.js';
import { sellerWhole } from './sellers.service.js';

type Texts = (typeof DUTY_MAILS)['en'];

/** Writes to those who answer for the money of a seller or an issuer. The scope `identity` is for their addresses. */
@Injectable()
export class DutyMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const { consumers } = this;
    consumers.on('duties.mail_asked', SellerAsked, (tx, { payload }) => this.asked(tx, payload), 'identity');
    consumers.on(
      'duties.mail_restricted',
      SellerRestricted,
      (tx, { payload }) => this.restricted(tx, payload.restrictionId),
      'identity',
    );
    consumers.on('duties.mail_volume', VolumeNear, (tx, { payload }) => this.volume(tx, payload), 'identity');
  }

  /** Data may have come between the letter and its mail: then there is none. */
  private async asked(tx: Tx, { operatorId, number }: { operatorId: string; number: number }): Promise<void> {
    const { operator, networkId, state, missing } = await sellerWhole(tx, operatorId);
    if (state !== 'INCOMPLETE') return;
    const link = this.link(networkId);
    await this.send(tx, operatorId, ({ asked }) =>
      asked({ operator: operator.name, number, count: missing.length, link }),
    );
  }

  private async restricted(tx: Tx, restrictionId: string): Promise<void> {
    const { view, networkId } = (await restrictionById(tx, restrictionId))!;
    const { operatorId, facts, provision } = view;
    const { operator } = await sellerWhole(tx, operatorId);
    const link = this.link(networkId);
    await this.send(tx, operatorId, ({ restricted }) =>
      restricted({ operator: operator.name, facts, provision, link }),
    );
  }

  private async volume(tx: Tx, { networkId, level }: { networkId: string; level: string }): Promise<void> {
    const { name } = await this.identity.organisation(tx, networkId);
    const link = this.link(networkId);
    await this.send(tx, networkId, ({ volume }) => volume({ network: name, isOver: level === 'OVER', link }));
  }

  private async send(
    tx: Tx,
    organisationId: string,
    write: (texts: Texts) => { subject: string; text: string },
  ): Promise<void> {
    for (const { id, email, language } of await this.identity.treasurersOf(tx, organisationId))
      await this.mails.send(tx, { to: email, language, personId: id, ...write(DUTY_MAILS[language]) });
  }

  private link(networkId: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return new URL(`/network/${networkId}/duties`, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href;
  }
}
