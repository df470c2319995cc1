// Owns numbered documents, their e-invoices and papers, and payment instructions. Promises: the numbers of a series have
// no gap and no double, a document never changes and shows when it was, a payment is instructed once.
// Refuses to know: windows' states, netting, who visited whom; a line is what it was told to print.
export { BillingModule } from './billing.module.js';
export { Billing, type DocumentOrder, type InstructionOrder } from './billing.service.js';
export { Receipts, type ReceiptOrder } from './receipts.service.js';
export { documentSums, invoiceOf } from './document.queries.js';
export type { DocumentCharge } from './document.schema.js';
export { registerBillingCli } from './billing.cli.js';
