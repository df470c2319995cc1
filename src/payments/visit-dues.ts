import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RecordSealed } from '../checkin/index.js';
import { Directory } from '../directory/index.js';
import type { Unit } from '../kernel/money.js';
import type { ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { decideVat, taxOnTop, Vat } from '../vat/index.js';
import { insertPayment } from './payment.queries.js';
import { VisitDue } from './payments.events.js';
import { chargeOf } from './visit-charges.service.js';

type Visit = {
  readonly recordId: string;
  readonly personId: string;
  readonly homeNetworkId: string;
  readonly hostSpaceId: string;
  readonly day: string;
  readonly unit: Unit;
  readonly amountMinor: string;
  readonly resourceKind: ResourceKind;
};

/** A sealed visit that neither a quota nor a pass paid for is bought by its guest, with the VAT of the place. */
@Injectable()
export class VisitDues implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly consumers: Consumers,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
    private readonly vat: Vat,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'payments.visit_due',
      RecordSealed,
      (tx, { payload, networkIds }) => this.due(tx, payload.recordId, networkIds),
      'sweep',
    );
  }

  private async due(tx: Tx, recordId: string, networkIds: readonly string[]): Promise<void> {
    const visit = await visitToPay(tx, recordId);
    if (!visit) return;
    const { personId, homeNetworkId: networkId, unit } = visit;
    const id = derivedId(recordId, 'purchase');
    const net = BigInt(visit.amountMinor);
    const tax = await this.tax(tx, visit, net);
    const now = this.clock.now();
    const space = await this.directory.space(tx, visit.hostSpaceId);
    await sql(
      tx,
      `INSERT INTO payments.purchases (id, person_id, network_id, kind, visit_record_id, name, unit, price_minor,
         tax_minor, total_minor, state, state_at, request_hash, created_at)
       VALUES ($1, $2, $3, 'VISIT', $4, $5, $6, $7, $8, $9, 'OPEN', $10, '', $10) ON CONFLICT (id) DO NOTHING`,
      [
        id,
        personId,
        networkId,
        recordId,
        `${space.name}, ${visit.day}`,
        unit,
        net,
        tax,
        net + tax,
        now.toString(),
      ],
    );
    const payment = {
      id: chargeOf(id),
      purchaseId: id,
      networkId,
      personId,
      amount: { unit, minor: net + tax },
    };
    if (!(await insertPayment(tx, payment, now))) return;
    await this.outbox.add(
      tx,
      VisitDue,
      { purchaseId: id, paymentId: payment.id },
      { actor: 'system', networkIds },
    );
  }

  /** The desk is where it stands, and so is its VAT. */
  private async tax(tx: Tx, { hostSpaceId, day, resourceKind }: Visit, netMinor: bigint): Promise<bigint> {
    const supplier = await this.vat.supplier(tx, hostSpaceId, day);
    const customer = { kind: 'CONSUMER', country: supplier.country } as const;
    return taxOnTop(netMinor, decideVat({ day, supplier, customer, resourceKind }).rateBps);
  }
}

async function visitToPay(on: Reader, recordId: string): Promise<Visit | null> {
  const [visit] = await sql<Visit>(
    on,
    `SELECT record.id AS "recordId", guest.person_id AS "personId", record.home_network_id AS "homeNetworkId",
       record.host_space_id AS "hostSpaceId", record.day::text AS day, record.unit, record.amount_minor AS "amountMinor",
       booking.resource_kind AS "resourceKind"
     FROM checkin.pub_visit_records record
     JOIN checkin.pub_record_guests guest ON guest.record_id = record.id
     JOIN bookings.pub_bookings booking ON booking.id = guest.booking_id
     WHERE record.id = $1 AND record.funding = 'PAY_AS_YOU_GO' AND record.amount_minor > 0 AND record.unit <> 'HALF_DAY'`,
    [recordId],
  );
  return visit ?? null;
}
