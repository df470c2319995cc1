import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RecordSealed } from '../checkin/index.js';
import { sql, type Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Vat, type Redemption } from '../vat/index.js';

/** A sealed visit on a pass is what the pass was bought for: the supply happens now, and its VAT falls due. */
@Injectable()
export class Redemptions implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly vat: Vat,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'billing.redemption',
      RecordSealed,
      (tx, { payload }) => this.redeem(tx, payload.recordId),
      'sweep',
    );
  }

  private async redeem(tx: Tx, recordId: string): Promise<void> {
    const [visit] = await sql<Redemption>(
      tx,
      `SELECT root.root_id AS "passId", record.id AS "recordId", record.host_space_id AS "spaceId",
         record.host_network_id AS "hostNetworkId", booking.resource_kind AS "resourceKind",
         record.half_days::int AS "halfDays", record.day::text AS day
       FROM checkin.pub_visit_records record
       JOIN checkin.pub_visits visit ON visit.id = record.visit_id
       JOIN bookings.pub_bookings booking ON booking.id = visit.booking_id
       JOIN passes.pub_roots root ON root.id = booking.pass_id
       WHERE record.id = $1 AND record.funding = 'PASS_UNITS'`,
      [recordId],
    );
    if (visit) await this.vat.redeem(tx, visit);
  }
}
