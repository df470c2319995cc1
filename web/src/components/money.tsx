import { decimalText, UNITS, type Unit } from '@wire/kernel/money.js';
import { intlTag } from '../i18n/activate';
import { Figures } from './figures';

export type WireAmount = { readonly unit: Unit; readonly minor: number };

/**
 * Money as text. The scale is the kernel's, never Intl's (Intl says TND 3 but LBP 0 and ALL 0); the decimal
 * string keeps every digit where a float would not. Half-days are not money: see `daysNumber`.
 */
export function moneyText({ unit, minor }: WireAmount): string {
  const { scale } = UNITS[unit];
  const format = new Intl.NumberFormat(intlTag(), {
    style: 'currency',
    currency: unit,
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  });
  const decimal = decimalText({ unit, minor: BigInt(minor) }) as Intl.StringNumericLiteral;
  // Invisible marks are dropped: <bdi> does that work.
  return format
    .format(decimal)
    .replaceAll(/[\u200e\u200f\u061c]/g, '')
    .replace('-', '\u2212');
}

export function Money({ amount }: { amount: WireAmount }) {
  return <Figures>{moneyText(amount)}</Figures>;
}
