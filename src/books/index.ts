// Owns the books of a clearing network: chart, entries, postings, periods. Promises: every entry balances for each party
// in each currency, a fact is posted once, a closed period never changes, every posting opens to what it is made of.
// Refuses to know: how anything is priced, netted or paid; it writes down what was.
export { BooksModule } from './books.module.js';
export { registerBooksCli } from './books.cli.js';
