import { z } from 'zod';
import { inputAmount, wireAmount, wireId, wirePage } from '../kernel/wire.js';
import { wireScope, wireTerms } from './terms.schema.js';

const NAME_LENGTH_MAX = 120;
const PRODUCT_CLASS_MAX = 255;

const wireOffline = z.enum(['never', 'booked_only', 'allowed']);
export const PutProduct = z
  .strictObject({
    networkId: wireId,
    name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
    ...wireTerms,
    kind: wireTerms.kind.default('DAYS'),
    periodMonths: wireTerms.periodMonths.default(null),
    rollOver: wireTerms.rollOver.default(false),
    hostCapHalfDays: wireTerms.hostCapHalfDays.default(null),
    starts: wireTerms.starts.default('PURCHASE'),
    sharing: wireTerms.sharing.default('PERSONAL'),
    audience: wireTerms.audience.default('EVERYBODY'),
    guestsPerDay: wireTerms.guestsPerDay.default(0),
    pauseDaysPerYear: wireTerms.pauseDaysPerYear.default(0),
    pauseExtends: wireTerms.pauseExtends.default(true),
    price: inputAmount.refine(({ unit, minor }) => unit !== 'HALF_DAY' && minor >= 0n, {
      message: 'A price is an amount of money, 0 or more.',
    }),
    scope: wireScope.refine(({ networkIds, spaceIds }) => networkIds.length + spaceIds.length > 0, {
      message: 'Name at least one network or space.',
    }),
    /** What a code says about the product: a small number, shared by so many passes that it tells nobody apart. */
    productClass: z.int().min(0).max(PRODUCT_CLASS_MAX).default(1),
    offline: wireOffline.default('booked_only'),
  })
  .refine(({ kind, halfDays }) => (kind === 'UNLIMITED') === (halfDays === 0), {
    path: ['halfDays'],
    message: 'Name the half-days, 1 or more; 0 only when unlimited.',
  })
  .refine(({ kind, periodMonths }) => (kind === 'DAYS') === (periodMonths === null), {
    path: ['periodMonths'],
    message: 'Monthly and unlimited passes have periods, day packs have none.',
  })
  .refine(({ kind, hostCapHalfDays }) => (kind === 'UNLIMITED') === (hostCapHalfDays !== null), {
    path: ['hostCapHalfDays'],
    message: 'An unlimited pass, and no other, has a cap at each host.',
  })
  .refine(
    ({ kind, starts, sharing }) => starts === 'PURCHASE' || (kind === 'DAYS' && sharing === 'PERSONAL'),
    {
      path: ['starts'],
      message: 'Only a personal day pack can wait for its first day.',
    },
  )
  .refine(({ kind, rollOver }) => !rollOver || kind === 'PERIOD', {
    path: ['rollOver'],
    message: 'Only a quota in periods can go on into the next one.',
  })
  .meta({ id: 'PutProduct' });
export type PutProduct = z.output<typeof PutProduct>;

export const ProductView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    name: z.string(),
    ...wireTerms,
    price: wireAmount,
    scope: wireScope,
    productClass: z.int(),
    offline: wireOffline,
  })
  .meta({ id: 'Product' });
export type ProductView = z.infer<typeof ProductView>;

export const ProductPage = wirePage(ProductView).meta({ id: 'ProductPage' });
export type ProductPage = z.infer<typeof ProductPage>;

export const ProductsQuery = z.strictObject({ networkId: wireId });
export type ProductsQuery = z.output<typeof ProductsQuery>;
