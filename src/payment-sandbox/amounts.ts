import { invalid } from './refusal.js';

/** As Stripe's own table: three decimals end in 0, and these have none. */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
const CURRENCIES = new Set([
  ...THREE_DECIMALS,
  'eur',
  'all',
  'bam',
  'chf',
  'dzd',
  'egp',
  'gbp',
  'ils',
  'lbp',
  'mad',
  'mkd',
  'rsd',
  'try',
  'usd',
]);
const AMOUNT_MIN = 50;
const AMOUNT_MAX = 99_999_999;

export function checkedCurrency(text: string | null): string {
  const currency = (text ?? '').toLowerCase();
  if (CURRENCIES.has(currency)) return currency;
  throw invalid(`Invalid currency: ${currency}.`, 'currency');
}

export function checkedAmount(text: string | null, currency: string, min = AMOUNT_MIN): number {
  const amount = Number(text);
  if (text === null || !Number.isInteger(amount)) throw invalid(`Invalid integer: ${text}`, 'amount');
  if (amount < min) throw invalid('The amount is below the minimum.', 'amount', 'amount_too_small');
  if (amount > AMOUNT_MAX)
    throw invalid('Amount must be no more than 999,999.99', 'amount', 'amount_too_large');
  if (THREE_DECIMALS.has(currency) && amount % 10 !== 0)
    throw invalid('Amounts of three decimals end in 0.', 'amount', 'invalid_amount');
  return amount;
}
