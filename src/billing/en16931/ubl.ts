import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import {
  amountText,
  daysText,
  isCredit,
  percentText,
  type EInvoice,
  type ELine,
  type EParty,
  type ETax,
} from './e-invoice.js';

const OASIS = 'urn:oasis:names:specification:ubl:schema:xsd';
const CREDIT_TRANSFER = '30';

/** UBL 2.1, an Invoice or a CreditNote, its elements in the order of the schema. */
export function ublOf(invoice: EInvoice): string {
  const credit = isCredit(invoice);
  const kind = credit ? 'CreditNote' : 'Invoice';
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele(kind, {
    xmlns: `${OASIS}:${kind}-2`,
    'xmlns:cac': `${OASIS}:CommonAggregateComponents-2`,
    'xmlns:cbc': `${OASIS}:CommonBasicComponents-2`,
  });
  heading(root, invoice, credit);
  party(root.ele('cac:AccountingSupplierParty').ele('cac:Party'), invoice.seller, isOutside(invoice));
  party(root.ele('cac:AccountingCustomerParty').ele('cac:Party'), invoice.buyer, isOutside(invoice));
  delivery(root, invoice);
  payment(root, invoice, credit);
  taxTotal(root, invoice);
  monetaryTotal(root, invoice);
  for (const line of invoice.lines) lineOf(root, invoice, line);
  return root.end({ prettyPrint: true });
}

function heading(root: XMLBuilder, invoice: EInvoice, credit: boolean): void {
  text(root, 'cbc:CustomizationID', 'urn:cen.eu:en16931:2017');
  text(root, 'cbc:ID', invoice.number);
  text(root, 'cbc:IssueDate', invoice.issueDay);
  if (!credit) text(root, 'cbc:DueDate', invoice.dueDay);
  text(root, credit ? 'cbc:CreditNoteTypeCode' : 'cbc:InvoiceTypeCode', invoice.typeCode);
  for (const note of invoice.notes) text(root, 'cbc:Note', note);
  text(root, 'cbc:DocumentCurrencyCode', invoice.currency);
  if (invoice.buyerReference) text(root, 'cbc:BuyerReference', invoice.buyerReference);
  const days = invoice.lines.flatMap(({ day }) => day ?? []).toSorted();
  if (days.length > 0) {
    const period = root.ele('cac:InvoicePeriod');
    text(period, 'cbc:StartDate', days[0]!);
    text(period, 'cbc:EndDate', days.at(-1)!);
  }
  if (invoice.orderNumber) text(root.ele('cac:OrderReference'), 'cbc:ID', invoice.orderNumber);
  for (const number of invoice.refersTo)
    text(root.ele('cac:BillingReference').ele('cac:InvoiceDocumentReference'), 'cbc:ID', number);
}

/** What is outside the scope of VAT names no VAT number (BR-O-02). */
function isOutside({ taxes }: EInvoice): boolean {
  return taxes.some(({ category }) => category === 'O');
}

function party(at: XMLBuilder, of: EParty, outside: boolean): void {
  if (of.endpoint) at.ele('cbc:EndpointID', { schemeID: of.endpoint.scheme }).txt(of.endpoint.id);
  text(at.ele('cac:PartyName'), 'cbc:Name', of.name);
  const address = at.ele('cac:PostalAddress');
  if (of.street) text(address, 'cbc:StreetName', of.street);
  if (of.city) text(address, 'cbc:CityName', of.city);
  if (of.postcode) text(address, 'cbc:PostalZone', of.postcode);
  text(address.ele('cac:Country'), 'cbc:IdentificationCode', of.country);
  if (of.vatNumber && !outside) taxScheme(at, of.vatNumber, 'VAT');
  if (of.taxNumber && !outside) taxScheme(at, of.taxNumber, 'TAX');
  const legal = at.ele('cac:PartyLegalEntity');
  text(legal, 'cbc:RegistrationName', of.name);
  if (of.registration)
    legal
      .ele('cbc:CompanyID', of.registration.scheme ? { schemeID: of.registration.scheme } : {})
      .txt(of.registration.id);
  if (of.email) text(at.ele('cac:Contact'), 'cbc:ElectronicMail', of.email);
}

function taxScheme(at: XMLBuilder, number: string, scheme: 'VAT' | 'TAX'): void {
  const part = at.ele('cac:PartyTaxScheme');
  text(part, 'cbc:CompanyID', number);
  text(part.ele('cac:TaxScheme'), 'cbc:ID', scheme);
}

function delivery(root: XMLBuilder, invoice: EInvoice): void {
  const last = invoice.lines
    .flatMap(({ day }) => day ?? [])
    .toSorted()
    .at(-1);
  if (last) text(root.ele('cac:Delivery'), 'cbc:ActualDeliveryDate', last);
}

function payment(root: XMLBuilder, invoice: EInvoice, credit: boolean): void {
  if (invoice.iban) {
    const means = root.ele('cac:PaymentMeans');
    text(means, 'cbc:PaymentMeansCode', CREDIT_TRANSFER);
    if (credit) text(means, 'cbc:PaymentDueDate', invoice.dueDay);
    text(means, 'cbc:PaymentID', invoice.number);
    text(means.ele('cac:PayeeFinancialAccount'), 'cbc:ID', invoice.iban);
  }
  text(root.ele('cac:PaymentTerms'), 'cbc:Note', `Due on ${invoice.dueDay}`);
}

function taxTotal(root: XMLBuilder, invoice: EInvoice): void {
  const total = root.ele('cac:TaxTotal');
  money(total, 'cbc:TaxAmount', invoice, invoice.taxMinor);
  for (const tax of invoice.taxes) {
    const part = total.ele('cac:TaxSubtotal');
    money(part, 'cbc:TaxableAmount', invoice, tax.taxableMinor);
    money(part, 'cbc:TaxAmount', invoice, tax.taxMinor);
    const category = taxCategory(part.ele('cac:TaxCategory'), tax);
    if (tax.reasonCode) text(category, 'cbc:TaxExemptionReasonCode', tax.reasonCode);
    if (tax.reason) text(category, 'cbc:TaxExemptionReason', tax.reason);
    text(category.ele('cac:TaxScheme'), 'cbc:ID', 'VAT');
  }
}

function monetaryTotal(root: XMLBuilder, invoice: EInvoice): void {
  const total = root.ele('cac:LegalMonetaryTotal');
  money(total, 'cbc:LineExtensionAmount', invoice, invoice.netMinor);
  money(total, 'cbc:TaxExclusiveAmount', invoice, invoice.netMinor);
  money(total, 'cbc:TaxInclusiveAmount', invoice, invoice.netMinor + invoice.taxMinor);
  if (invoice.roundingMinor !== 0) money(total, 'cbc:PayableRoundingAmount', invoice, invoice.roundingMinor);
  money(total, 'cbc:PayableAmount', invoice, invoice.payableMinor);
}

function lineOf(root: XMLBuilder, invoice: EInvoice, line: ELine): void {
  const credit = isCredit(invoice);
  const at = root.ele(credit ? 'cac:CreditNoteLine' : 'cac:InvoiceLine');
  text(at, 'cbc:ID', line.id);
  at.ele(credit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', { unitCode: line.unitCode }).txt(
    daysText(line.quantityHundredths),
  );
  money(at, 'cbc:LineExtensionAmount', invoice, line.netMinor);
  if (line.day) {
    const period = at.ele('cac:InvoicePeriod');
    text(period, 'cbc:StartDate', line.day);
    text(period, 'cbc:EndDate', line.day);
  }
  const item = at.ele('cac:Item');
  if (line.description) text(item, 'cbc:Description', line.description);
  text(item, 'cbc:Name', line.name);
  text(taxCategory(item.ele('cac:ClassifiedTaxCategory'), line).ele('cac:TaxScheme'), 'cbc:ID', 'VAT');
  money(at.ele('cac:Price'), 'cbc:PriceAmount', invoice, line.priceMinor);
}

/** Outside the scope there is no rate, not even one of zero (BR-O-05). */
function taxCategory(at: XMLBuilder, { category, rateBps }: Pick<ETax, 'category' | 'rateBps'>): XMLBuilder {
  text(at, 'cbc:ID', category);
  if (category !== 'O') text(at, 'cbc:Percent', percentText(rateBps));
  return at;
}

function text(at: XMLBuilder, name: string, value: string): void {
  at.ele(name).txt(value);
}

function money(at: XMLBuilder, name: string, { currency }: EInvoice, minor: number): void {
  at.ele(name, { currencyID: currency }).txt(amountText(currency, minor));
}
