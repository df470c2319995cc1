import { Injectable } from '@nestjs/common';
import { MailDelivery } from './mail/mail-delivery.js';
import { Consumers } from './outbox/consumers.js';
import { OutboxRelay } from './outbox/relay.js';
import { Works } from './queue/works.js';
import { Sweeps } from './sweeps.js';

/** `address` is where the process answers requests, if it does. */
type Start = (address: string | null) => Promise<void>;

/** What a process does besides answering requests. Nothing of it starts by itself: tests call what they need. */
@Injectable()
export class Background {
  private readonly others: Start[] = [];

  constructor(
    private readonly relay: OutboxRelay,
    private readonly consumers: Consumers,
    private readonly mails: MailDelivery,
    private readonly sweeps: Sweeps,
    private readonly works: Works,
  ) {}

  /** Call it in a module's `onModuleInit`, for queues of its own. */
  also(start: Start): void {
    this.others.push(start);
  }

  async start(address: string | null = null): Promise<void> {
    this.relay.start();
    this.consumers.start();
    this.mails.start();
    this.works.start();
    for (const start of this.others) await start(address);
    await this.sweeps.start();
  }
}
