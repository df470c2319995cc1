import { problems } from '../kernel/problem.js';

export const VatNumberProblems = problems('vat_number', {
  malformed: { status: 422, title: 'This is no VAT number' },
  checkFailed: { status: 422, title: 'The check digits of this VAT number are wrong' },
});

export const VatStatusProblems = problems('vat_status', {
  contradictory: { status: 422, title: 'This status and this number do not go together' },
  dayTaken: { status: 409, title: 'A status begins on that day already' },
});

export const VoucherProblems = problems('voucher', {
  notFound: { status: 404, title: 'There is no such pass' },
});
