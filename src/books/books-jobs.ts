import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BankBookChanged } from '../banking/index.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Sweeps } from '../platform/sweeps.js';
import { WindowChanged } from '../settlement/index.js';
import { Postings } from './postings.service.js';
import { Verifications } from './verification.service.js';

/** Posts what a window or a bank account brought, in the transaction of its inbox row; the sweep finds the rest. */
@Injectable()
export class BooksJobs implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly sweeps: Sweeps,
    private readonly postings: Postings,
    private readonly verifications: Verifications,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'books.window',
      WindowChanged,
      (tx, { payload }) => this.postWindow(tx, payload.windowId),
      'clearing',
    );
    this.consumers.on(
      'books.bank',
      BankBookChanged,
      async (tx, { payload }) => {
        await this.postings.post(tx, { networkId: payload.networkId, windowId: null });
      },
      'clearing',
    );
    this.sweeps.add('books.post', () => this.postings.postAll());
    this.sweeps.add('books.verify', () => this.verifications.verifyDue());
  }

  private async postWindow(tx: Tx, windowId: string): Promise<void> {
    const [window] = await sql<{ networkId: string }>(
      tx,
      `SELECT network_id AS "networkId" FROM settlement.pub_windows WHERE id = $1`,
      [windowId],
    );
    if (window) await this.postings.post(tx, { networkId: window.networkId, windowId });
  }
}
