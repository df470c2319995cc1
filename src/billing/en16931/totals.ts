import type { VatCategory } from '../../vat/index.js';
import { taxOnTop } from '../../vat/index.js';
import type { ELine, ETax } from './e-invoice.js';

type Reasons = (category: VatCategory) => {
  readonly reason: string | null;
  readonly reasonCode: string | null;
};

/** One breakdown per category and rate, its VAT taken once on the sum (BR-CO-17), in the order of the lines. */
export function taxesOf(lines: readonly ELine[], reasons: Reasons): ETax[] {
  const keys = [...new Set(lines.map(({ category, rateBps }) => `${category}|${rateBps}`))];
  return keys.map((key) => {
    const [category, rate] = key.split('|') as [VatCategory, string];
    const rateBps = Number(rate);
    const taxableMinor = sum(
      lines
        .filter((line) => line.category === category && line.rateBps === rateBps)
        .map((line) => line.netMinor),
    );
    return {
      category,
      rateBps,
      taxableMinor,
      taxMinor: Number(taxOnTop(BigInt(taxableMinor), rateBps)),
      ...reasons(category),
    };
  });
}

/**
 * The net to print of a price that contains its VAT: the nearest one whose VAT, taken on top as the standard asks, is
 * the VAT that was within. What is left of the price is rounding (BT-114), never more than a minor unit.
 */
export function netWithin(grossMinor: number, rateBps: number): { netMinor: number; roundingMinor: number } {
  const net = Number(
    (2n * BigInt(grossMinor) * 10_000n + BigInt(10_000 + rateBps)) / BigInt(2 * (10_000 + rateBps)),
  );
  const vat = grossMinor - net;
  const netMinor =
    [net, net - 1, net + 1].find((one) => Number(taxOnTop(BigInt(one), rateBps)) === vat) ?? net;
  const tax = Number(taxOnTop(BigInt(netMinor), rateBps));
  return { netMinor, roundingMinor: grossMinor - netMinor - tax };
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
