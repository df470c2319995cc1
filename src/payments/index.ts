// Owns purchases, payments, refunds, subscriptions, ways to pay, and what the provider of payments tells.
// Promises: nothing is charged or given back twice, an unclear payment is asked about and never guessed, a pass is issued once per payment.
// Refuses to know: documents and VAT, windows and positions, card numbers.
export { PaymentsModule } from './payments.module.js';
export { DisputeChanged, PassSold, PurchasePaid, Refunded, SubscriptionChanged } from './payments.events.js';
export { PaymentProblems, PurchaseProblems } from './payment.problems.js';
export { PaymentJobs } from './payment-jobs.js';
export { Reconciliation } from './reconciliation.service.js';
