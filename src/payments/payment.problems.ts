import { problems } from '../kernel/problem.js';

export const PurchaseProblems = problems('purchase', {
  notFound: { status: 404, title: 'There is no such purchase' },
  notRenewable: { status: 409, title: 'The product cannot renew itself' },
  notForSale: { status: 409, title: 'The product is not sold here' },
  wrongState: { status: 409, title: 'The purchase is in a state that does not allow this' },
  withdrawalOver: { status: 409, title: 'The time to withdraw is over' },
  bookingsOpen: { status: 409, title: 'Bookings still take days from the pass' },
});

export const PaymentProblems = problems('payment', {
  currencyUnsupported: { status: 422, title: 'This currency cannot be paid online' },
  amountNotPayable: { status: 422, title: 'The amount has parts too small to be paid' },
  amountTooLarge: { status: 422, title: 'The amount is too large to be paid at once' },
  providerSilent: { status: 503, title: 'The provider of payments does not answer' },
  refused: { status: 409, title: 'The provider of payments refused' },
});

export const RefundProblems = problems('refund', {
  aboveWhatIsLeft: { status: 409, title: 'That is more than was paid and not used' },
  nothingPaid: { status: 409, title: 'Nothing was paid that could go back' },
});

export const PromotionProblems = problems('promotion_code', {
  notFound: { status: 404, title: 'There is no such code' },
  unusable: { status: 409, title: 'The code cannot be used for this' },
  taken: { status: 409, title: 'The network has this code already' },
});

export const SubscriptionProblems = problems('subscription', {
  notFound: { status: 404, title: 'There is no such subscription' },
  over: { status: 409, title: 'The subscription is over' },
});

export const PaymentMethodProblems = problems('payment_method', {
  notFound: { status: 404, title: 'There is no such way to pay' },
});

export const ProviderEventProblems = problems('provider_event', {
  notSigned: { status: 400, title: 'The signature does not fit' },
  tooOld: { status: 400, title: 'The message is too old' },
  fromTheFuture: { status: 400, title: 'The message says it comes from the future' },
  wrongAccount: { status: 400, title: 'The message is about another account' },
  notAnEvent: { status: 400, title: 'The message is no event' },
  notFound: { status: 404, title: 'There is no such message' },
});
