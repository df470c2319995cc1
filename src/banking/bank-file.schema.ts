import { z } from 'zod';

/** Where a bank's table says what. Saved with the account, so that the next file needs no question. */
export const CsvMapping = z
  .strictObject({
    delimiter: z.enum([',', ';', '\t']),
    decimal: z.enum([',', '.']),
    dayFormat: z.enum(['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY']),
    /** Of rows that do not say theirs. */
    currency: z.string().length(3),
    columns: z.strictObject({
      day: z.string().min(1),
      amount: z.string().min(1).optional(),
      credit: z.string().min(1).optional(),
      debit: z.string().min(1).optional(),
      currency: z.string().min(1).optional(),
      name: z.string().min(1).optional(),
      account: z.string().min(1).optional(),
      reference: z.string().min(1).optional(),
      text: z.string().min(1).optional(),
    }),
  })
  .refine(
    ({ columns: { amount, credit, debit } }) =>
      (amount === undefined) === (credit !== undefined && debit !== undefined),
    { message: 'Name one signed amount column, or a credit and a debit column.', path: ['columns'] },
  )
  .meta({ id: 'CsvMapping' });
export type CsvMapping = z.output<typeof CsvMapping>;
