/** Several days at once: who pays for each, when every day takes from what the days before it left. */
import type { QuoteView } from '@wire/bookings/booking.schema.js';

type Quote = Pick<QuoteView, 'id' | 'day' | 'part' | 'halfDays' | 'price' | 'guestPrice' | 'options'>;
type Option = Quote['options'][number];

export type PlannedDay<Day extends Quote = Quote> = {
  readonly quote: Day;
  /** null: nothing of the guest's pays for it after the days before. */
  readonly funding: Option['funding'] | null;
  readonly guestPays: Quote['guestPrice'];
};

/**
 * Each quote was made as if it were the only one. Days are booked in their order, each by the first option with
 * enough left, exactly as the service decides it one by one.
 */
export function planDays<Day extends Quote>(quotes: readonly Day[]): PlannedDay<Day>[] {
  const used = new Map<string, number>();
  return quotes
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map((quote) => {
      const pays = quote.options.find((option) =>
        canPay(option, quote.halfDays, used.get(purse(option)) ?? 0),
      );
      if (!pays) return { quote, funding: null, guestPays: quote.guestPrice };
      used.set(purse(pays), (used.get(purse(pays)) ?? 0) + quote.halfDays);
      const isPaid = pays.funding === 'PAY_AS_YOU_GO';
      return {
        quote,
        funding: pays.funding,
        guestPays: isPaid ? quote.price : { ...quote.guestPrice, minor: 0 },
      };
    });
}

/** What the options share that take from the same quota or the same pass. */
function purse({ funding, passId }: Option): string {
  return `${funding} ${passId}`;
}

function canPay({ outcome, leftHalfDays }: Option, halfDays: number, used: number): boolean {
  return outcome !== 'SKIPPED' && (leftHalfDays === null || leftHalfDays - used >= halfDays);
}

export type Paid = { readonly funding: Option['funding'] | null; readonly days: PlannedDay[] };

/** The days by who pays, in the order in which they are tried. */
export function byFunding(plan: readonly PlannedDay[]): Paid[] {
  const order = ['SPONSOR_VOUCHER', 'VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO', null] as const;
  return order
    .map((funding) => ({ funding, days: plan.filter((day) => day.funding === funding) }))
    .filter(({ days }) => days.length > 0);
}

/** What the guest pays in all, one sum for each currency: never added across. */
export function totals(plan: readonly PlannedDay[]): PlannedDay['guestPays'][] {
  const sums = new Map<string, PlannedDay['guestPays']>();
  for (const { guestPays, funding } of plan) {
    if (funding !== 'PAY_AS_YOU_GO') continue;
    const sum = sums.get(guestPays.unit)?.minor ?? 0;
    sums.set(guestPays.unit, { ...guestPays, minor: sum + guestPays.minor });
  }
  return [...sums.values()];
}
