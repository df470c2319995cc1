import { problems } from '../kernel/problem.js';

export const BankAccountProblems = problems('bank_account', {
  notFound: { status: 404, title: 'There is no such bank account' },
  badIban: { status: 422, title: 'The IBAN is not valid' },
  badBic: { status: 422, title: 'The BIC is not valid' },
  fourEyes: { status: 403, title: 'Somebody else has to approve this' },
});

export const BatchProblems = problems('payment_batch', {
  notFound: { status: 404, title: 'There is no such payment batch' },
  nothingToPay: { status: 409, title: 'There is nothing to pay' },
  notCalled: { status: 409, title: 'The payments are not called yet' },
  inAnotherBatch: { status: 409, title: 'A payment is in another batch already' },
  fourEyes: { status: 403, title: 'Somebody else has to approve this' },
  wrongState: { status: 409, title: 'The batch is not in the state this needs' },
  accountMissing: { status: 409, title: 'A bank account is missing' },
  notSepa: { status: 409, title: 'These payments cannot be sent as SEPA credit transfers' },
});

export const BankFileProblems = problems('bank_file', {
  notFound: { status: 404, title: 'There is no such bank file' },
  unreadable: { status: 422, title: 'The file cannot be read' },
  mappingMissing: { status: 422, title: 'A table needs to be explained' },
  otherAccount: { status: 422, title: 'The file is of another account' },
  hasFaults: { status: 409, title: 'The file has rows that cannot be taken' },
});

export const MatchProblems = problems('match', {
  lineNotFound: { status: 404, title: 'There is no such bank line' },
  notFound: { status: 404, title: 'There is no such match' },
  tooMuch: { status: 409, title: 'That is more than there is' },
  rateMissing: { status: 409, title: 'There is no rate between the two currencies' },
  doesNotFit: { status: 422, title: 'The line and the payment do not belong together' },
});
