// Owns VAT as dated data: rates, places of supply, mentions, numbers; how parties stand in it; what each pass is for it.
// Promises: a decision keeps its inputs and can be made again, a pass's character never changes, a supply is taxed once.
// Refuses to know: visits, documents, payments; it says which VAT, and others say of what.
export { VatModule } from './vat.module.js';
export { Vat, type Redemption, type SoldPass } from './vat.service.js';
export { MENTION_WORDS, type Mention } from './mentions.data.js';
export { UNION } from './rates.data.js';
export type { Customer } from './place.data.js';
export {
  decideVat,
  rateOn,
  taxOnTop,
  type VatCategory,
  type VatDecision,
  type VatInputs,
  type VatStatus,
} from './vat.rules.js';
export { checkVatNumber } from './vat-number.rules.js';
