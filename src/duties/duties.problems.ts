import { problems } from '../kernel/problem.js';

export const SellerProblems = problems('seller', {
  notFound: { status: 404, title: 'There is no such seller' },
  badAccount: { status: 422, title: 'The account number is not valid' },
  badVatNumber: { status: 422, title: 'The VAT number is not valid' },
});

export const RestrictionProblems = problems('restriction', {
  notFound: { status: 404, title: 'There is no such restriction' },
});

export const SellerReportProblems = problems('seller_report', {
  operatorUnknown: { status: 409, title: 'The report cannot name who reports' },
});
