import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 200;
const FACTS_LENGTH_MAX = 2000;
const PROPERTIES_MAX = 200;
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as FR.');

const profileShape = {
  isPublicBody: z.boolean(),
  legalName: text.nullable(),
  street: text.nullable(),
  postcode: text.nullable(),
  city: text.nullable(),
  country: country.nullable(),
  /** The number that the tax authority of `tinCountry` gave. */
  tin: text.nullable(),
  tinCountry: country.nullable(),
  vatNumber: text.nullable(),
  registrationNumber: text.nullable(),
  /** An IBAN, where what was earned is paid. */
  account: text.nullable(),
  properties: z
    .array(
      z.strictObject({
        spaceId: wireId,
        street: text,
        postcode: text,
        city: text,
        country,
        landRegistration: text.nullable(),
      }),
    )
    .max(PROPERTIES_MAX),
};
export const PutSellerProfile = z
  .strictObject({ operatorId: wireId, ...profileShape })
  .meta({ id: 'PutSellerProfile' });
export type PutSellerProfile = z.output<typeof PutSellerProfile>;

export const SellerReason = z.enum(['SELLER_DATA_MISSING', 'TERMS_BROKEN', 'LEGAL_ORDER', 'SAFETY']);
export const RestrictionView = z
  .strictObject({
    id: wireId,
    operatorId: wireId,
    reason: SellerReason,
    facts: z.string(),
    provision: z.string(),
    since: wireInstant,
    liftedAt: wireInstant.nullable(),
  })
  .meta({ id: 'SellerRestriction' });
export type RestrictionView = z.infer<typeof RestrictionView>;
export const RestrictionPage = wirePage(RestrictionView).meta({ id: 'SellerRestrictionPage' });
export type RestrictionPage = z.infer<typeof RestrictionPage>;
export const PutRestriction = z
  .strictObject({
    operatorId: wireId,
    reason: SellerReason,
    /** What happened, as the seller is told. */
    facts: z.string().trim().min(1).max(FACTS_LENGTH_MAX),
    /** The clause or the law it rests on. */
    provision: text,
  })
  .meta({ id: 'PutSellerRestriction' });
export type PutRestriction = z.output<typeof PutRestriction>;

export const SellerView = z
  .strictObject({
    operator: z.strictObject({ id: wireId, name: z.string(), country: z.string().nullable() }),
    networkId: wireId,
    /** The first day a visit was sealed; null while nothing was supplied. */
    firstSupplyDay: wireDay.nullable(),
    state: z.enum(['EXCLUDED', 'INCOMPLETE', 'COMPLETE']),
    exclusion: z.enum(['PUBLIC_BODY', 'OUTSIDE_UNION']).nullable(),
    /** Fields by their name, properties as `property:` and the id of their space. */
    missing: z.array(z.string()),
    spaces: z.array(z.strictObject({ id: wireId, name: z.string(), city: z.string(), country })),
    profile: z.strictObject(profileShape).nullable(),
    letters: z.array(z.strictObject({ number: z.int(), sentAt: wireInstant })),
    restriction: RestrictionView.nullable(),
  })
  .meta({ id: 'Seller' });
export type SellerView = z.infer<typeof SellerView>;
export const SellerPage = wirePage(SellerView).meta({ id: 'SellerPage' });
export type SellerPage = z.infer<typeof SellerPage>;

const four = z.tuple([z.int(), z.int(), z.int(), z.int()]);
export const SellerReportView = z
  .strictObject({
    year: z.int(),
    networkId: wireId,
    dueDay: wireDay,
    /** The network has said who it is, so that the file can be made. */
    isReporterKnown: z.boolean(),
    /** Those in the file, with what they earned and paid per quarter, in minor units. */
    sellers: z.array(
      z.strictObject({
        operatorId: wireId,
        name: z.string(),
        listings: z.array(
          z.strictObject({
            spaceId: wireId,
            name: z.string(),
            unit: z.string(),
            consideration: four,
            fees: four,
            visits: four,
            days: z.int(),
          }),
        ),
      }),
    ),
    /** Those whose data are not whole: they have to be asked, and are not in the file. */
    incomplete: z.array(
      z.strictObject({ operatorId: wireId, name: z.string(), missing: z.array(z.string()) }),
    ),
    excluded: z.array(
      z.strictObject({
        operatorId: wireId,
        name: z.string(),
        exclusion: z.enum(['PUBLIC_BODY', 'OUTSIDE_UNION']),
      }),
    ),
  })
  .meta({ id: 'SellerReport' });
export type SellerReportView = z.infer<typeof SellerReportView>;

export const VolumeView = z
  .strictObject({
    network: z.strictObject({ id: wireId, name: z.string(), country: z.string().nullable() }),
    /** From this day on, to today. */
    fromDay: wireDay,
    volume: wireAmount,
    limit: wireAmount,
    percent: z.int(),
    level: z.enum(['BELOW', 'NEAR', 'OVER']),
    /** When it was first told in these months. */
    warnedOn: wireDay.nullable(),
  })
  .meta({ id: 'LimitedNetworkVolume' });
export type VolumeView = z.infer<typeof VolumeView>;
export const VolumePage = wirePage(VolumeView).meta({ id: 'LimitedNetworkVolumePage' });
export type VolumePage = z.infer<typeof VolumePage>;

export const RetentionView = z.strictObject({
  country: z.string(),
  record: z.enum(['DOCUMENT', 'BOOK_ENTRY', 'USAGE_RECORD', 'ACCESS_LOG', 'SELLER_PROFILE', 'MAIL']),
  /** Null: not established there. */
  years: z.int().nullable(),
  months: z.int().nullable(),
  from: z.enum(['END_OF_YEAR', 'CREATION']),
  ref: z.string(),
  checked: z.boolean(),
  /** What is really kept: where nothing is established, the longest period that is known. */
  keptYears: z.int().nullable(),
});
export const RetentionPage = wirePage(RetentionView).meta({ id: 'RetentionPage' });
export type RetentionPage = z.infer<typeof RetentionPage>;

export const OfNetwork = z.strictObject({ networkId: wireId }).meta({ id: 'DutiesQuery' });
export type OfNetwork = z.output<typeof OfNetwork>;
export const SellerQuery = z
  .union([z.strictObject({ networkId: wireId }), z.strictObject({ operatorId: wireId })])
  .meta({ id: 'SellerQuery' });
export type SellerQuery = z.output<typeof SellerQuery>;
export const OfCountry = z.strictObject({ country }).meta({ id: 'RetentionQuery' });
export type OfCountry = z.output<typeof OfCountry>;
const YEAR_FIRST = 2023;
const YEAR_LAST = 2100;
export const wireYear = z.coerce.number().int().min(YEAR_FIRST).max(YEAR_LAST);
