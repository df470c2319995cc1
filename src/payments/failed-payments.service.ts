import { Injectable } from '@nestjs/common';
import { demand, Identity, type Actor } from '../identity/index.js';
import { amountToWire } from '../kernel/wire.js';
import { Db } from '../platform/db.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { paymentsWhere, purchasesWhere } from './payment.queries.js';
import type { FailedPaymentPage } from './payment.schema.js';

const PAGE_SIZE = 100;

/** For whoever keeps the network's money: what failed, and what nobody knows yet. */
@Injectable()
export class FailedPayments {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
  ) {}

  async list(actor: Actor, networkId: string): Promise<FailedPaymentPage> {
    demand(actor, 'payments:read', { networkId });
    const [payments, purchases] = await this.db.read(withNetworks(actor.scope, networkId), async (on) => {
      const found = await paymentsWhere(
        on,
        `network_id = $1 AND state IN ('FAILED', 'UNKNOWN') ORDER BY created_at DESC LIMIT ${PAGE_SIZE}`,
        [networkId],
      );
      return [found, await purchasesWhere(on, 'id = ANY ($1)', [found.map(({ purchaseId }) => purchaseId)])];
    });
    const names = await this.db.read(namedScope('identity'), (on) =>
      this.identity.firstNames(
        on,
        payments.map(({ personId }) => personId),
      ),
    );
    const items = payments.map((payment) => ({
      id: payment.id,
      purchaseId: payment.purchaseId,
      name: purchases.find(({ id }) => id === payment.purchaseId)?.name ?? '',
      personFirstName: names.get(payment.personId) ?? '',
      state: payment.state,
      amount: amountToWire(payment.amount),
      failureCode: payment.failureCode,
      askAt: payment.askAt?.toString() ?? null,
      createdAt: payment.createdAt.toString(),
    }));
    return { items, next: null };
  }
}
