import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { addEntry } from './budget.writes.js';
import { demandProgramme, wide } from './programme-access.js';
import { ProgrammeProblems } from './programme.problems.js';
import { programmeRow, stamp, type ProgrammeRow } from './programme.queries.js';
import { mergeSmall } from './programme.rules.js';
import type {
  InvoiceLine,
  PutSponsorInvoice,
  PutSponsorPayment,
  SponsorInvoicePage,
  SponsorInvoiceView,
} from './programme.schema.js';
import { InvoiceDrawn } from './programmes.events.js';
import { uptakeOf } from './uptake.queries.js';

/** A visit may be put right until a day after its own: no month is invoiced before that. */
const SEALED_AFTER_DAYS = 2;

/** What the network asks of the sponsor: a month of delivered days by place, without persons. */
@Injectable()
export class SponsorInvoices {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Everything delivered until the end of the month that is on no invoice yet. */
  put(
    actor: Actor,
    { id, programmeId }: { id: string; programmeId: string },
    body: PutSponsorInvoice,
  ): Promise<SponsorInvoiceView> {
    const hash = requestHash({ ...body, programmeId });
    return this.db.tx(wide(actor), async (tx) => {
      const programme = await programmeRow(tx, programmeId, 'FOR UPDATE');
      demandProgramme(actor, programme);
      const [known] = await invoicesOf(tx, 'invoice.id = $1', [id]);
      if (!known) await this.draw(tx, programme, { id, hash, by: actor.name, ...body });
      const [invoice] = await invoicesOf(tx, 'invoice.id = $1 AND invoice.request_hash = $2', [id, hash]);
      if (!invoice) throw RequestProblems.idReused('Use a new id for another month.');
      return invoice;
    });
  }

  list(actor: Actor, programmeId: string): Promise<SponsorInvoicePage> {
    return this.db.read(wide(actor), async (on) => {
      demandProgramme(actor, await programmeRow(on, programmeId));
      return { items: await invoicesOf(on, 'invoice.programme_id = $1', [programmeId]), next: null };
    });
  }

  /** The sponsor has paid: noted by the network, once. */
  pay(actor: Actor, invoiceId: string, body: PutSponsorPayment): Promise<SponsorInvoiceView> {
    return this.db.tx(wide(actor), async (tx) => {
      const [invoice] = await invoicesOf(tx, 'invoice.id = $1', [invoiceId]);
      if (!invoice) throw ProgrammeProblems.invoiceNotFound(`There is no invoice ${invoiceId}.`);
      const programme = await programmeRow(tx, invoice.programmeId, 'FOR UPDATE');
      demandProgramme(actor, programme);
      const at = this.clock.now();
      const noted = await sql(
        tx,
        `INSERT INTO programmes.invoice_payments (invoice_id, network_id, paid_on, reference, noted_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (invoice_id) DO NOTHING RETURNING invoice_id`,
        [invoiceId, programme.networkId, body.paidOn.toString(), body.reference, actor.name, at.toString()],
      );
      const { id: programmeId, networkId, unit } = programme;
      if (noted.length > 0)
        await addEntry(tx, {
          programmeId,
          networkId,
          unit,
          kind: 'PAID',
          paid: BigInt(invoice.amount.minor),
          reason: `invoice ${invoiceId}: ${body.reference}`,
          by: actor.name,
          at,
        });
      const [paid] = await invoicesOf(tx, 'invoice.id = $1', [invoiceId]);
      return paid!;
    });
  }

  private async draw(
    tx: Tx,
    programme: ProgrammeRow,
    { id, hash, month, by }: PutSponsorInvoice & { id: string; hash: string; by: string },
  ): Promise<void> {
    const { id: programmeId, networkId, unit } = programme;
    const now = this.clock.now();
    const lastDay = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 31 });
    const isOver = lastDay.add({ days: SEALED_AFTER_DAYS }).toZonedDateTime('UTC').toInstant();
    if (Temporal.Instant.compare(now, isOver) < 0)
      throw ProgrammeProblems.monthNotOver('Its last visits are sealed two days after it.');
    const uptake = await uptakeOf(tx, programmeId, lastDay.toString());
    const minor = uptake.reduce((sum, place) => sum + place.minor, 0n);
    if (minor === 0n)
      throw ProgrammeProblems.nothingToInvoice('Nothing was delivered that is on no invoice.');
    const halfDays = uptake.reduce((sum, place) => sum + place.halfDays, 0);
    try {
      await sql(
        tx,
        `INSERT INTO programmes.invoices (id, request_hash, programme_id, network_id, month, unit, amount_minor, half_days,
           lines, drawn_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)`,
        [
          id,
          hash,
          programmeId,
          networkId,
          month,
          unit,
          minor,
          halfDays,
          JSON.stringify(linesOf(uptake, month)),
          by,
          now.toString(),
        ],
      );
    } catch (error) {
      if (!violates(error, 'one_invoice_a_month')) throw error;
      throw ProgrammeProblems.invoiced('What came later is on the invoice of the next month.');
    }
    await sql(
      tx,
      `UPDATE programmes.vouchers SET invoice_id = $2
       WHERE programme_id = $1 AND state = 'CONSUMED' AND invoice_id IS NULL AND day <= $3`,
      [programmeId, id, lastDay.toString()],
    );
    await this.outbox.add(tx, InvoiceDrawn, { invoiceId: id }, { actor: by, networkIds: [networkId] });
  }
}

/** By month and place; places with fewer than five persons are one line, without their names. */
function linesOf(uptake: Awaited<ReturnType<typeof uptakeOf>>, month: string): InvoiceLine[] {
  const { places, merged } = mergeSmall(uptake);
  const line = (place: string, of: typeof places): InvoiceLine => ({
    month,
    place,
    halfDays: of.reduce((sum, { halfDays }) => sum + halfDays, 0),
    amountMinor: Number(of.reduce((sum, { minor }) => sum + minor, 0n)),
  });
  const told = places.map((place) => line(place.name, [place]));
  return merged.length > 0 ? [...told, line('', merged)] : told;
}

function invoicesOf(on: Reader, where: string, values: unknown[]): Promise<SponsorInvoiceView[]> {
  return sql<SponsorInvoiceView>(
    on,
    `SELECT invoice.id, programme_id AS "programmeId", month,
       json_build_object('unit', invoice.unit, 'minor', amount_minor) AS amount, half_days AS "halfDays", lines,
       order_number AS "orderNumber", service_code AS "serviceCode", siret, payment.paid_on::text AS "paidOn",
       ${stamp('invoice.created_at')} AS "createdAt"
     FROM programmes.invoices invoice JOIN programmes.programmes programme ON programme.id = programme_id
     LEFT JOIN programmes.invoice_payments payment ON payment.invoice_id = invoice.id
     WHERE ${where} ORDER BY month DESC`,
    values,
  );
}
