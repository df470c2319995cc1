import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Billing } from '../billing/index.js';
import { RecordSealed } from '../checkin/index.js';
import { invariant } from '../kernel/problem.js';
import { amount, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Closing } from './closing.service.js';
import { DocumentDue, PaymentDue } from './settlement.events.js';
import { documentLines } from './statement.queries.js';
import { paymentRow, windowRow } from './window.queries.js';

/** What follows from a sealed record, a closed window and a called one, each in the transaction of its inbox row. */
@Injectable()
export class SettlementJobs implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly billing: Billing,
    private readonly closing: Closing,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'settlement.first_window',
      RecordSealed,
      (tx, { payload, actor }) => this.openFirst(tx, payload.recordId, payload.clearingNetworkId, actor),
      'clearing',
    );
    this.consumers.on(
      'settlement.documents',
      DocumentDue,
      (tx, { payload }) => this.issue(tx, payload),
      'clearing',
    );
    this.consumers.on(
      'settlement.instructions',
      PaymentDue,
      (tx, { payload }) => this.instruct(tx, payload.paymentId),
      'clearing',
    );
  }

  private async openFirst(tx: Tx, recordId: string, networkId: string, actor: string): Promise<void> {
    const [record] = await sql<{ day: string }>(
      tx,
      'SELECT day::text AS day FROM checkin.pub_visit_records WHERE id = $1',
      [recordId],
    );
    if (record)
      await this.closing.openWithFirstRecord(tx, networkId, Temporal.PlainDate.from(record.day), actor);
  }

  private async issue(tx: Tx, due: Due): Promise<void> {
    const window = await windowRow(tx, due.windowId);
    invariant(window !== undefined, 'a document is due for a window that exists');
    const lines = await documentLines(tx, due);
    const minor = lines.reduce((sum, line) => sum + BigInt(line.amountMinor), 0n);
    await this.billing.issue(tx, {
      id: due.documentId,
      issuerPartyId: due.creditorPartyId,
      recipientPartyId: due.debtorPartyId,
      networkId: window.networkId,
      windowId: window.id,
      net: amount(due.unit as Unit, minor),
      lines,
    });
  }

  private async instruct(tx: Tx, paymentId: string): Promise<void> {
    const payment = await paymentRow(tx, paymentId);
    invariant(payment !== undefined, 'an instruction is due for a payment that exists');
    const window = await windowRow(tx, payment.windowId);
    await this.billing.instruct(tx, {
      paymentId,
      networkId: payment.networkId,
      windowId: payment.windowId,
      payerPartyId: payment.from.id,
      payeePartyId: payment.to.id,
      amount: amount(payment.amount.unit, payment.amount.minor),
      remittance: `Escale window ${window!.number} ${payment.kind.toLowerCase()} ${payment.id}`,
    });
  }
}

type Due = {
  readonly documentId: string;
  readonly windowId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: string;
};
