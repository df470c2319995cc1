import { Injectable } from '@nestjs/common';
import { DisputesKept } from './disputes-kept.service.js';
import { Refunding } from './refunding.service.js';
import { Subscriptions } from './subscriptions.service.js';

/** Everything that follows a payment and that the provider keeps: refunds, disputes, subscriptions with their invoices. */
@Injectable()
export class Kept {
  constructor(
    readonly refunding: Refunding,
    readonly disputes: DisputesKept,
    readonly subscriptions: Subscriptions,
  ) {}
}
