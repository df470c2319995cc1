import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Unit } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { InvoiceDrawn } from '../programmes/index.js';
import { Contents } from './contents.service.js';
import { issueDocument } from './document.writes.js';

type Drawn = {
  readonly id: string;
  readonly networkId: string;
  readonly sponsorId: string;
  readonly unit: Unit;
  readonly lines: readonly {
    readonly month: string;
    readonly place: string;
    readonly halfDays: number;
    readonly amountMinor: number;
  }[];
  readonly programme: string;
  readonly orderNumber: string;
  readonly serviceCode: string;
  readonly siret: string;
};

/** A month of a programme, drawn by its network, becomes a numbered document that the sponsor's own system reads. */
@Injectable()
export class SponsorInvoices implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly contents: Contents,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'billing.sponsor_invoice',
      InvoiceDrawn,
      (tx, { payload }) => this.issue(tx, payload.invoiceId),
      'clearing',
    );
  }

  private async issue(tx: Tx, invoiceId: string): Promise<void> {
    const [drawn] = await sql<Drawn>(
      tx,
      `SELECT id, network_id AS "networkId", sponsor_id AS "sponsorId", unit, lines, programme,
         order_number AS "orderNumber", service_code AS "serviceCode", siret
       FROM programmes.pub_invoices WHERE id = $1`,
      [invoiceId],
    );
    if (!drawn) return;
    const now = this.clock.now().round('millisecond');
    const day = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
    const issuer = await this.directory.party(tx, drawn.networkId);
    const recipient = await this.directory.party(tx, drawn.sponsorId);
    const { content, vat } = await this.contents.ofProgramme(tx, drawn, day);
    await issueDocument(tx, {
      id: drawn.id,
      kind: 'INVOICE',
      issuer,
      recipient: { partyId: recipient.id, networkId: recipient.networkId },
      networkId: drawn.networkId,
      windowId: null,
      unit: drawn.unit,
      netMinor: BigInt(content.netMinor),
      vatMinor: BigInt(content.taxMinor),
      vatNote: content.notes[0] ?? `VAT ${vat.decision.rateBps / BPS_PER_PERCENT} %`,
      lines: [],
      charges: [],
      refersTo: null,
      content,
      vat,
      acceptanceDays: null,
      now,
    });
  }
}

const BPS_PER_PERCENT = 100;
