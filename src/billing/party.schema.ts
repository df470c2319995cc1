import { z } from 'zod';
import { inputDay, wireDay, wireId, wireLanguage, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 200;
const NUMBER_LENGTH_MAX = 60;
const ACCEPTANCE_DAYS_MAX = 90;
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const number = z.string().trim().min(1).max(NUMBER_LENGTH_MAX).nullable();
/** Four digits of the list of electronic address schemes, or of the list of registers (ISO 6523). */
const scheme = z
  .string()
  .regex(/^\d{4}$/, 'Four digits, such as 0009 for a SIRET.')
  .nullable();

const entityShape = {
  partyId: wireId,
  legalName: text,
  street: text,
  postcode: text,
  city: text,
  country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as FR.'),
  email: z.email().nullable(),
  registrationNumber: number,
  registrationScheme: scheme,
  /** Of the tax office, where it is no VAT number: exempt parties need one or the other. */
  taxNumber: number,
  endpoint: number,
  endpointScheme: scheme,
  /** What a public buyer asks for: Leitweg-ID, service code. */
  buyerReference: number,
  orderNumber: number,
  language: wireLanguage,
  isPublicBody: z.boolean(),
};
export const PutLegalEntity = z
  .strictObject({ ...entityShape, fromDay: inputDay })
  .refine(({ endpoint, endpointScheme }) => (endpoint === null) === (endpointScheme === null), {
    path: ['endpointScheme'],
    message: 'An electronic address has a scheme.',
  })
  .meta({ id: 'PutLegalEntity' });
export type PutLegalEntity = z.output<typeof PutLegalEntity>;
export const LegalEntityView = z
  .strictObject({
    id: wireId,
    ...entityShape,
    email: z.string().nullable(),
    fromDay: wireDay,
    declaredBy: z.string(),
  })
  .meta({ id: 'LegalEntity' });
export type LegalEntityView = z.infer<typeof LegalEntityView>;
export const LegalEntityPage = wirePage(LegalEntityView).meta({ id: 'LegalEntityPage' });
export type LegalEntityPage = z.infer<typeof LegalEntityPage>;

const agreementShape = { partyId: wireId, acceptanceDays: z.int().min(1).max(ACCEPTANCE_DAYS_MAX) };
export const PutSelfBilling = z
  .strictObject({ ...agreementShape, fromDay: inputDay, untilDay: inputDay })
  .refine(({ fromDay, untilDay }) => fromDay.until(untilDay).days >= 0, {
    path: ['untilDay'],
    message: 'It ends on its first day at the earliest.',
  })
  .meta({ id: 'PutSelfBillingAgreement' });
export type PutSelfBilling = z.output<typeof PutSelfBilling>;
export const SelfBillingView = z
  .strictObject({ id: wireId, ...agreementShape, fromDay: wireDay, untilDay: wireDay, signedBy: z.string() })
  .meta({ id: 'SelfBillingAgreement' });
export type SelfBillingView = z.infer<typeof SelfBillingView>;
export const SelfBillingPage = wirePage(SelfBillingView).meta({ id: 'SelfBillingAgreementPage' });
export type SelfBillingPage = z.infer<typeof SelfBillingPage>;
export const PartyQuery = z.strictObject({ partyId: wireId }).meta({ id: 'BillingPartyQuery' });
export type PartyQuery = z.output<typeof PartyQuery>;
