import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wirePage,
  wireResourceKind,
} from '../kernel/wire.js';

const NUMBER_LENGTH_MAX = 30;
const number = z.string().trim().min(4).max(NUMBER_LENGTH_MAX);
const status = z.enum([
  'STANDARD',
  'OPTED',
  'EXEMPT_LETTING',
  'SME_DOMESTIC',
  'SME_CROSS_BORDER',
  'NON_PROFIT_EXEMPT',
  'NON_EU',
]);
const customerKind = z.enum(['CONSUMER', 'BUSINESS', 'PUBLIC_BODY']);
const country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as FR.');

const statusShape = {
  partyId: wireId,
  status,
  vatNumber: number.nullable(),
  /** Of a small enterprise that is exempt in other Member States as well: ends in EX. */
  exNumber: number.nullable(),
};
export const PutVatStatus = z
  .strictObject({ ...statusShape, fromDay: inputDay })
  .meta({ id: 'PutVatStatus' });
export type PutVatStatus = z.output<typeof PutVatStatus>;
export const VatStatusView = z
  .strictObject({ id: wireId, ...statusShape, fromDay: wireDay, declaredBy: z.string() })
  .meta({ id: 'VatStatus' });
export type VatStatusView = z.infer<typeof VatStatusView>;
export const VatStatusPage = wirePage(VatStatusView).meta({ id: 'VatStatusPage' });
export type VatStatusPage = z.infer<typeof VatStatusPage>;
export const VatStatusQuery = z.strictObject({ partyId: wireId });
export type VatStatusQuery = z.output<typeof VatStatusQuery>;

export const VatInputsView = z.strictObject({
  day: wireDay,
  supplier: z.strictObject({ country, territoryCode: z.string().nullable(), status }),
  customer: z.strictObject({ kind: customerKind, country }),
  resourceKind: wireResourceKind,
});

/** With the rules that decided and their provisions: what is behind the question "why". */
export const VatDecisionView = z
  .strictObject({
    country: z.string(),
    category: z.enum(['S', 'AE', 'E', 'O']),
    rateBps: z.int(),
    mention: z.string().nullable(),
    why: z.array(z.strictObject({ rule: z.string(), ref: z.string() })),
  })
  .meta({ id: 'VatDecision' });

export const VatQuestion = z
  .strictObject({
    supplierId: wireId,
    resourceKind: wireResourceKind,
    customerKind,
    customerCountry: country,
    day: wireDay,
  })
  .meta({ id: 'VatQuestion' });
export type VatQuestion = z.output<typeof VatQuestion>;
export const VatAnswer = z
  .strictObject({ inputs: VatInputsView, decision: VatDecisionView })
  .meta({ id: 'VatAnswer' });
export type VatAnswer = z.infer<typeof VatAnswer>;

export const VatNumberView = z
  .strictObject({
    number: z.string(),
    valid: z.boolean(),
    country: z.string().nullable(),
    /** What could be checked without asking anybody: the form, or the check digits as well. */
    checked: z.enum(['DIGITS', 'FORM']).nullable(),
    reason: z.enum(['UNKNOWN_COUNTRY', 'FORM', 'CHECK_DIGITS']).nullable(),
  })
  .meta({ id: 'VatNumber' });
export type VatNumberView = z.infer<typeof VatNumberView>;

export const VatEventView = z
  .strictObject({
    id: wireId,
    kind: z.enum(['SALE', 'REDEMPTION']),
    passId: wireId,
    recordId: wireId.nullable(),
    supplier: z.strictObject({ id: wireId, name: z.string() }),
    day: wireDay,
    halfDays: z.int(),
    gross: wireAmount,
    net: wireAmount,
    vat: wireAmount,
    inputs: VatInputsView,
    decision: VatDecisionView,
    createdAt: wireInstant,
  })
  .meta({ id: 'VatEvent' });
export type VatEventView = z.infer<typeof VatEventView>;
export const VatEventPage = wirePage(VatEventView).meta({ id: 'VatEventPage' });
export type VatEventPage = z.infer<typeof VatEventPage>;
export const VatEventQuery = z
  .strictObject({ networkId: wireId, after: wireId.optional() })
  .meta({ id: 'VatEventQuery' });
export type VatEventQuery = z.output<typeof VatEventQuery>;

export const VoucherView = z
  .strictObject({
    passId: wireId,
    character: z.enum(['SINGLE_PURPOSE', 'MULTI_PURPOSE', 'NOT_A_VOUCHER']),
    ref: z.string(),
    treatments: z.array(z.string()),
    price: wireAmount,
    halfDays: z.int(),
    redeemedHalfDays: z.int(),
    /** Sold and not redeemed: a liability, no revenue. Nothing when VAT was due at sale. */
    liability: wireAmount,
    decidedAt: wireInstant,
  })
  .meta({ id: 'Voucher' });
export type VoucherView = z.infer<typeof VoucherView>;
