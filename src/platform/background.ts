import { Injectable } from '@nestjs/common';
import { MailDelivery } from './mail/mail-delivery.js';
import { Consumers } from './outbox/consumers.js';
import { OutboxRelay } from './outbox/relay.js';
import { Works } from './queue/works.js';
import { Sweeps } from './sweeps.js';

/** What a process does besides answering requests. Nothing of it starts by itself: tests call what they need. */
@Injectable()
export class Background {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly consumers: Consumers,
    private readonly mails: MailDelivery,
    private readonly sweeps: Sweeps,
    private readonly works: Works,
  ) {}

  async start(): Promise<void> {
    this.relay.start();
    this.consumers.start();
    this.mails.start();
    this.works.start();
    await this.sweeps.start();
  }
}
