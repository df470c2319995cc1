import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wireNewId, wirePage } from '../kernel/wire.js';

export const VOUCHER_STATES = [
  'OFFERED',
  'ACCEPTED',
  'RESERVED',
  'CONSUMED',
  'RELEASED',
  'EXPIRED',
  'CLAWED_BACK',
] as const;

const AGENTS_MAX = 500;
const DAYS_MAX = 250;

/** Days for agents, each a voucher of its own. They are committed at once. */
export const PutOffer = z
  .strictObject({
    programmeId: wireId,
    agentIds: z.array(wireId).min(1).max(AGENTS_MAX),
    daysEach: z.int().min(1).max(DAYS_MAX),
  })
  .meta({ id: 'PutVoucherOffer' });
export type PutOffer = z.output<typeof PutOffer>;

export const OfferView = z
  .strictObject({ id: wireId, programmeId: wireId, vouchers: z.int(), committed: wireAmount })
  .meta({ id: 'VoucherOffer' });
export type OfferView = z.infer<typeof OfferView>;

/** For its holder: the day it pays for, once there is one. */
export const VoucherView = z
  .strictObject({
    id: wireId,
    programme: z.strictObject({ id: wireId, name: z.string(), sponsor: z.string() }),
    state: z.enum(VOUCHER_STATES),
    stateAt: wireInstant,
    expiresAt: wireInstant,
    day: wireDay.nullable(),
    bookingId: wireId.nullable(),
  })
  .meta({ id: 'Voucher' });
export type VoucherView = z.infer<typeof VoucherView>;
export const VoucherPage = wirePage(VoucherView).meta({ id: 'VoucherPage' });
export type VoucherPage = z.infer<typeof VoucherPage>;

/** ACCEPTED and RELEASED are the holder's word, CLAWED_BACK is the sponsor's. */
export const PutVoucherAnswer = z
  .strictObject({
    voucherIds: z.array(wireId).min(1).max(DAYS_MAX),
    answer: z.enum(['ACCEPTED', 'RELEASED']),
  })
  .meta({ id: 'PutVoucherAnswer' });
export type PutVoucherAnswer = z.output<typeof PutVoucherAnswer>;

export const ClawBackView = z
  .strictObject({ programmeId: wireId, vouchers: z.int(), released: wireAmount })
  .meta({ id: 'VoucherClawBack' });
export type ClawBackView = z.infer<typeof ClawBackView>;

/** What one agent has not booked yet goes back to the pot. */
export const PutClawBack = z.strictObject({ agentId: wireId }).meta({ id: 'PutVoucherClawBack' });
export type PutClawBack = z.output<typeof PutClawBack>;

export const PutRequest = z
  .strictObject({
    programmeId: wireId,
    agentId: wireId,
    days: z.int().min(1).max(DAYS_MAX),
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'PutVoucherRequest' });
export type PutRequest = z.output<typeof PutRequest>;

export const PutRequestAnswer = z
  .discriminatedUnion('answer', [
    /** The offer that comes of it: made under an id of the caller's. */
    z.strictObject({ answer: z.literal('GRANTED'), offerId: wireNewId }),
    z.strictObject({ answer: z.literal('DECLINED'), reason: z.string().trim().min(1).max(500) }),
  ])
  .meta({ id: 'PutVoucherRequestAnswer' });
export type PutRequestAnswer = z.output<typeof PutRequestAnswer>;

export const RequestView = z
  .strictObject({
    id: wireId,
    programmeId: wireId,
    agent: z.strictObject({ id: wireId, name: z.string(), employer: z.string() }),
    days: z.int(),
    reason: z.string(),
    state: z.enum(['ASKED', 'GRANTED', 'DECLINED']),
    answer: z.string().nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'VoucherRequest' });
export type RequestView = z.infer<typeof RequestView>;
export const RequestPage = wirePage(RequestView).meta({ id: 'VoucherRequestPage' });
export type RequestPage = z.infer<typeof RequestPage>;
