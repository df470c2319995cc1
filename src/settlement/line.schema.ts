import { z } from 'zod';
import { wireAmount, wireDay, wireFunding, wireId, wireInstant, wireMode, wirePage } from '../kernel/wire.js';
import { StatementLine } from './statement.schema.js';
import { PaymentView, WindowView } from './window.schema.js';

const PAGE_SIZE = 100;
const PAGE_SIZE_MAX = 500;
const party = z.strictObject({ id: wireId, name: z.string() });
const direction = z.enum(['RECEIVES', 'PAYS']);
const unit = wireAmount.shape.unit;
const minor = z.int();

/** Lines in the order of their days. `after` is the `next` of the page before. */
export const LinesQuery = z
  .strictObject({
    counterpartyId: wireId.optional(),
    direction: direction.optional(),
    unit: unit.optional(),
    after: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}\/[0-9a-f-]{36}\/(PAYS|RECEIVES)$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
  })
  .meta({ id: 'LinesQuery' });
export type LinesQuery = z.output<typeof LinesQuery>;
export const StatementLinePage = wirePage(StatementLine).meta({ id: 'StatementLinePage' });
export type StatementLinePage = z.infer<typeof StatementLinePage>;

/** All that one party owes another in a window, before it is netted. */
export const StatementClaim = z
  .strictObject({
    counterparty: party,
    direction,
    unit,
    lines: z.int(),
    halfDays: z.int(),
    linesMinor: minor,
    charges: z.int(),
    chargesMinor: minor,
    clearing: z.enum(['NETTED', 'GROSS', 'IN_KIND']),
  })
  .meta({ id: 'StatementClaim' });
export type StatementClaim = z.infer<typeof StatementClaim>;
export const StatementClaimPage = wirePage(StatementClaim).meta({ id: 'StatementClaimPage' });
export type StatementClaimPage = z.infer<typeof StatementClaimPage>;

const conversion = WindowView.shape.conversions.element;

/** A line down to the scan: how the visit was attested, by which clause it was priced, at which rate it was netted. */
export const LineView = z
  .strictObject({
    recordId: wireId,
    window: WindowView.pick({ id: true, number: true, state: true, fromDay: true, untilDay: true }),
    debtor: party,
    creditor: party,
    amount: wireAmount,
    day: wireDay,
    late: z.boolean(),
    /** The dispute that its payment waits for. */
    disputeId: wireId.nullable(),
    record: z.strictObject({
      sealedAt: wireInstant,
      mode: wireMode,
      halfDays: z.int(),
      rate: wireAmount,
      funding: wireFunding,
      evidence: z.enum(['A', 'B', 'C', 'D']),
      resourceKind: z.string().nullable(),
      hash: z.string(),
    }),
    visit: z.strictObject({
      id: wireId,
      spaceId: wireId,
      day: wireDay,
      state: z.string(),
      startedAt: wireInstant,
      completedAt: wireInstant.nullable(),
    }),
    /** Every reading of that visit's pass; the one that the record names comes first. */
    scans: z.array(
      z.strictObject({
        id: wireId,
        state: z.string(),
        evidence: z.string().nullable(),
        codeHash: z.string(),
        scannedAt: wireInstant,
        decidedAt: wireInstant,
      }),
    ),
    clause: z.strictObject({
      agreementId: wireId,
      agreementName: z.string(),
      versionId: wireId,
      version: z.int(),
      validFrom: wireDay,
      homeNetworkId: wireId,
      hostNetworkId: wireId,
      /** As the version has it today; the record keeps what it was priced by. */
      agreedRate: wireAmount.nullable(),
      floor: wireAmount.nullable(),
      networkFeeBps: z.int(),
      solidarityBps: z.int(),
      rounding: z.enum(['LINE', 'STATEMENT']),
    }),
    exchangeRate: conversion.nullable(),
    /** Credits and releases of this record, and what was charged again. */
    charges: z.array(
      z.strictObject({
        chargeId: wireId,
        kind: z.string(),
        day: wireDay,
        amount: wireAmount,
        windowId: wireId.nullable(),
        note: z.string(),
      }),
    ),
  })
  .meta({ id: 'Line' });
export type LineView = z.infer<typeof LineView>;

/** What a charge was reckoned from: `bps` of the lines that GET /v1/charges/{id}/lines gives. */
export const ChargeView = z
  .strictObject({
    id: wireId,
    kind: z.string(),
    windowId: wireId.nullable(),
    debtor: party,
    creditor: party,
    amount: wireAmount,
    day: wireDay,
    note: z.string(),
    recordId: wireId.nullable(),
    agreementVersionId: wireId.nullable(),
    bps: z.int().nullable(),
    rounding: z.enum(['LINE', 'STATEMENT']).nullable(),
    lines: z.int(),
    linesMinor: minor,
  })
  .meta({ id: 'Charge' });
export type ChargeView = z.infer<typeof ChargeView>;
export const ChargeLinesQuery = LinesQuery.pick({ after: true, limit: true }).meta({
  id: 'ChargeLinesQuery',
});
export type ChargeLinesQuery = z.output<typeof ChargeLinesQuery>;

/** One of the two ends of a payment: the claims add up to its position, and the payments clear it. */
const PaymentSide = z.strictObject({
  party,
  /** In the unit of the payment: claims in other currencies are converted at the window's rate. */
  unit,
  claims: z.array(
    z.strictObject({
      counterparty: party,
      direction,
      billed: wireAmount,
      waitingMinor: minor,
      clearedMinor: minor,
      lines: z.int(),
    }),
  ),
  positionMinor: minor,
  payments: z.array(
    z.strictObject({ id: wireId, counterparty: party, direction, minor, isThis: z.boolean() }),
  ),
});

/** Why this amount. A party sees its own side; the treasurer sees both. */
export const PaymentOrigin = z
  .strictObject({
    payment: PaymentView,
    sides: z.array(PaymentSide),
    /** Of a payment of VAT: the documents that it was charged on. */
    vat: z.array(
      z.strictObject({
        document: z.enum(['INVOICE', 'CREDIT_NOTE']),
        issuer: party,
        recipient: party,
        netMinor: minor,
        vatBps: z.int(),
        vatMinor: minor,
      }),
    ),
    conversions: z.array(conversion),
  })
  .meta({ id: 'PaymentOrigin' });
export type PaymentOrigin = z.infer<typeof PaymentOrigin>;
