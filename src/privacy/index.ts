// Owns consents, copies of a person's data, erasures, and what is forgotten by itself. Promises: whoever is erased is found
// in no table, mail, file or queue; what others need (the ledger, sealed records, documents) is not touched.
// Refuses to know: what the data means; where it is stands in the schema (privacy.personal_columns).
export { PrivacyModule } from './privacy.module.js';
