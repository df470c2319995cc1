// Owns bank accounts, batches of payments, bank statements, matches. Promises: nobody moves money or an account alone,
// a bank line is taken once, no more is matched than there is.
// Refuses to know: how an amount came about; it pays and finds what a window has called.
export { BankBookChanged } from './banking.events.js';
export { BankingModule } from './banking.module.js';
