import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Billing, invoiceOf, type DocumentCharge } from '../billing/index.js';
import { RecordSealed } from '../checkin/index.js';
import { invariant } from '../kernel/problem.js';
import { amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Closing } from './closing.service.js';
import { documentsDue, type DueDocument } from './document-sums.js';
import { DocumentsDue, PaymentDue, WindowChanged } from './settlement.events.js';
import { documentCharges, documentLines } from './statement.queries.js';
import { paymentRow, windowRow } from './window.queries.js';

/** What follows from a sealed record, a closed window and a called one, each in the transaction of its inbox row. */
@Injectable()
export class SettlementJobs implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly billing: Billing,
    private readonly closing: Closing,
    private readonly outbox: Outbox,
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
      DocumentsDue,
      (tx, { payload }) => this.issueAll(tx, payload.windowId, payload.issuerPartyId),
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

  private async issueAll(tx: Tx, windowId: string, issuerPartyId: string): Promise<void> {
    const window = await windowRow(tx, windowId);
    invariant(window !== undefined, 'documents are due for a window that exists');
    for (const due of await documentsDue(tx, windowId, issuerPartyId)) {
      const isInvoice = due.kind === 'INVOICE';
      const claim = {
        windowId,
        unit: due.unit,
        debtorPartyId: isInvoice ? due.recipientPartyId : due.issuerPartyId,
        creditorPartyId: isInvoice ? due.issuerPartyId : due.recipientPartyId,
      };
      await this.billing.issue(tx, {
        id: due.documentId,
        kind: due.kind,
        issuerPartyId: due.issuerPartyId,
        recipientPartyId: due.recipientPartyId,
        networkId: window.networkId,
        windowId,
        net: amount(due.unit, BigInt(due.netMinor)),
        vat: { bps: due.vatBps, minor: BigInt(due.vatMinor) },
        lines: isInvoice ? await documentLines(tx, claim) : [],
        charges: await this.charges(tx, claim, due.kind),
      });
    }
    await this.outbox.add(
      tx,
      WindowChanged,
      { windowId },
      { actor: 'system', networkIds: [window.networkId] },
    );
  }

  /** A credit names the invoice that it corrects. */
  private async charges(
    tx: Tx,
    claim: Parameters<typeof documentCharges>[1],
    kind: DueDocument['kind'],
  ): Promise<DocumentCharge[]> {
    const found = (await documentCharges(tx, claim)).filter(
      (charge) => (charge.kind === 'CREDIT') === (kind === 'CREDIT_NOTE'),
    );
    const charges: DocumentCharge[] = [];
    for (const charge of found) {
      const refersTo = charge.kind === 'CREDIT' ? await invoiceOf(tx, charge.recordId!) : null;
      charges.push({ ...charge, refersTo });
    }
    return charges;
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
