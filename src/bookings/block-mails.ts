import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { BLOCK_TEXTS } from './block-mail-texts.js';
import { findBlock } from './block.queries.js';
import { AppealDecided, GuestBlocked } from './bookings.events.js';

/** The statement of reasons, and the answer to an appeal, in the guest's language. */
@Injectable()
export class BlockMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    const blocked = 'bookings.mail-blocked';
    const decided = 'bookings.mail-appeal-decided';
    this.consumers.on(
      blocked,
      GuestBlocked,
      (tx, { payload }) => this.blocked(tx, payload.blockId),
      'identity',
    );
    this.consumers.on(
      decided,
      AppealDecided,
      (tx, { payload }) => this.decided(tx, payload.blockId),
      'identity',
    );
  }

  private async blocked(tx: Tx, blockId: string): Promise<void> {
    const block = await findBlock(tx, blockId);
    invariant(block !== null, 'a block is written before it is told');
    const { email, name, language } = await this.identity.person(tx, block.personId);
    const until = block.untilDay?.toString() ?? null;
    const told = { name, space: block.spaceName, reason: block.reason, statement: block.statement, until };
    const text = BLOCK_TEXTS[language].blocked(told);
    await this.mails.send(tx, { to: email, language, personId: block.personId, ...text });
  }

  private async decided(tx: Tx, blockId: string): Promise<void> {
    const block = await findBlock(tx, blockId);
    invariant(block?.decision != null, 'a decision is written before it is told');
    const { email, name, language } = await this.identity.person(tx, block.personId);
    const told = { name, space: block.spaceName, ...block.decision };
    const text = BLOCK_TEXTS[language].decided(told);
    await this.mails.send(tx, { to: email, language, personId: block.personId, ...text });
  }
}
