import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import {
  amountText,
  daysText,
  percentText,
  type EInvoice,
  type ELine,
  type EParty,
  type ETax,
} from './e-invoice.js';

const CEFACT = 'urn:un:unece:uncefact:data:standard';
const DAY_FORMAT = '102';
const CREDIT_TRANSFER = '30';

/** UN/CEFACT Cross Industry Invoice D16B in the EN 16931 profile, which is what Factur-X carries. */
export function ciiOf(invoice: EInvoice): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('rsm:CrossIndustryInvoice', {
    'xmlns:rsm': `${CEFACT}:CrossIndustryInvoice:100`,
    'xmlns:ram': `${CEFACT}:ReusableAggregateBusinessInformationEntity:100`,
    'xmlns:udt': `${CEFACT}:UnqualifiedDataType:100`,
    'xmlns:qdt': `${CEFACT}:QualifiedDataType:100`,
  });
  text(
    root.ele('rsm:ExchangedDocumentContext').ele('ram:GuidelineSpecifiedDocumentContextParameter'),
    'ram:ID',
    'urn:cen.eu:en16931:2017',
  );
  const document = root.ele('rsm:ExchangedDocument');
  text(document, 'ram:ID', invoice.number);
  text(document, 'ram:TypeCode', invoice.typeCode);
  day(document.ele('ram:IssueDateTime'), invoice.issueDay);
  for (const note of invoice.notes) text(document.ele('ram:IncludedNote'), 'ram:Content', note);
  const trade = root.ele('rsm:SupplyChainTradeTransaction');
  for (const line of invoice.lines) lineOf(trade, invoice, line);
  agreement(trade.ele('ram:ApplicableHeaderTradeAgreement'), invoice);
  const delivery = trade.ele('ram:ApplicableHeaderTradeDelivery');
  const days = invoice.lines.flatMap((line) => line.day ?? []).toSorted();
  if (days.length > 0)
    day(delivery.ele('ram:ActualDeliverySupplyChainEvent').ele('ram:OccurrenceDateTime'), days.at(-1)!);
  settlement(trade.ele('ram:ApplicableHeaderTradeSettlement'), invoice, days);
  return root.end({ prettyPrint: true });
}

function lineOf(trade: XMLBuilder, { currency }: EInvoice, line: ELine): void {
  const at = trade.ele('ram:IncludedSupplyChainTradeLineItem');
  text(at.ele('ram:AssociatedDocumentLineDocument'), 'ram:LineID', line.id);
  const product = at.ele('ram:SpecifiedTradeProduct');
  text(product, 'ram:Name', line.name);
  if (line.description) text(product, 'ram:Description', line.description);
  text(
    at.ele('ram:SpecifiedLineTradeAgreement').ele('ram:NetPriceProductTradePrice'),
    'ram:ChargeAmount',
    amountText(currency, line.priceMinor),
  );
  at.ele('ram:SpecifiedLineTradeDelivery')
    .ele('ram:BilledQuantity', { unitCode: line.unitCode })
    .txt(daysText(line.quantityHundredths));
  const settled = at.ele('ram:SpecifiedLineTradeSettlement');
  const tax = settled.ele('ram:ApplicableTradeTax');
  text(tax, 'ram:TypeCode', 'VAT');
  text(tax, 'ram:CategoryCode', line.category);
  if (line.category !== 'O') text(tax, 'ram:RateApplicablePercent', percentText(line.rateBps));
  if (line.day) period(settled, line.day, line.day);
  text(
    settled.ele('ram:SpecifiedTradeSettlementLineMonetarySummation'),
    'ram:LineTotalAmount',
    amountText(currency, line.netMinor),
  );
}

function agreement(at: XMLBuilder, invoice: EInvoice): void {
  const outside = invoice.taxes.some(({ category }) => category === 'O');
  if (invoice.buyerReference) text(at, 'ram:BuyerReference', invoice.buyerReference);
  party(at.ele('ram:SellerTradeParty'), invoice.seller, outside);
  party(at.ele('ram:BuyerTradeParty'), invoice.buyer, outside);
  if (invoice.orderNumber)
    text(at.ele('ram:BuyerOrderReferencedDocument'), 'ram:IssuerAssignedID', invoice.orderNumber);
}

function party(at: XMLBuilder, of: EParty, outside: boolean): void {
  text(at, 'ram:Name', of.name);
  if (of.registration)
    at.ele('ram:SpecifiedLegalOrganization')
      .ele('ram:ID', of.registration.scheme ? { schemeID: of.registration.scheme } : {})
      .txt(of.registration.id);
  if (of.email)
    text(at.ele('ram:DefinedTradeContact').ele('ram:EmailURIUniversalCommunication'), 'ram:URIID', of.email);
  const address = at.ele('ram:PostalTradeAddress');
  if (of.postcode) text(address, 'ram:PostcodeCode', of.postcode);
  if (of.street) text(address, 'ram:LineOne', of.street);
  if (of.city) text(address, 'ram:CityName', of.city);
  text(address, 'ram:CountryID', of.country);
  if (of.endpoint)
    at.ele('ram:URIUniversalCommunication')
      .ele('ram:URIID', { schemeID: of.endpoint.scheme })
      .txt(of.endpoint.id);
  if (of.vatNumber && !outside)
    at.ele('ram:SpecifiedTaxRegistration').ele('ram:ID', { schemeID: 'VA' }).txt(of.vatNumber);
  if (of.taxNumber && !outside)
    at.ele('ram:SpecifiedTaxRegistration').ele('ram:ID', { schemeID: 'FC' }).txt(of.taxNumber);
}

function settlement(at: XMLBuilder, invoice: EInvoice, days: readonly string[]): void {
  const { currency } = invoice;
  if (invoice.iban) text(at, 'ram:PaymentReference', invoice.number);
  text(at, 'ram:InvoiceCurrencyCode', currency);
  if (invoice.iban) {
    const means = at.ele('ram:SpecifiedTradeSettlementPaymentMeans');
    text(means, 'ram:TypeCode', CREDIT_TRANSFER);
    text(means.ele('ram:PayeePartyCreditorFinancialAccount'), 'ram:IBANID', invoice.iban);
  }
  for (const tax of invoice.taxes) taxOf(at, invoice, tax);
  if (days.length > 0) period(at, days[0]!, days.at(-1)!);
  const terms = at.ele('ram:SpecifiedTradePaymentTerms');
  day(terms.ele('ram:DueDateDateTime'), invoice.dueDay);
  const total = at.ele('ram:SpecifiedTradeSettlementHeaderMonetarySummation');
  const money = (name: string, minor: number) => text(total, name, amountText(currency, minor));
  money('ram:LineTotalAmount', invoice.netMinor);
  money('ram:TaxBasisTotalAmount', invoice.netMinor);
  total.ele('ram:TaxTotalAmount', { currencyID: currency }).txt(amountText(currency, invoice.taxMinor));
  if (invoice.roundingMinor !== 0) money('ram:RoundingAmount', invoice.roundingMinor);
  money('ram:GrandTotalAmount', invoice.netMinor + invoice.taxMinor);
  money('ram:DuePayableAmount', invoice.payableMinor);
  for (const number of invoice.refersTo)
    text(at.ele('ram:InvoiceReferencedDocument'), 'ram:IssuerAssignedID', number);
}

function taxOf(at: XMLBuilder, { currency }: EInvoice, tax: ETax): void {
  const part = at.ele('ram:ApplicableTradeTax');
  text(part, 'ram:CalculatedAmount', amountText(currency, tax.taxMinor));
  text(part, 'ram:TypeCode', 'VAT');
  if (tax.reason) text(part, 'ram:ExemptionReason', tax.reason);
  text(part, 'ram:BasisAmount', amountText(currency, tax.taxableMinor));
  text(part, 'ram:CategoryCode', tax.category);
  if (tax.reasonCode) text(part, 'ram:ExemptionReasonCode', tax.reasonCode);
  if (tax.category !== 'O') text(part, 'ram:RateApplicablePercent', percentText(tax.rateBps));
}

function period(at: XMLBuilder, from: string, until: string): void {
  const part = at.ele('ram:BillingSpecifiedPeriod');
  day(part.ele('ram:StartDateTime'), from);
  day(part.ele('ram:EndDateTime'), until);
}

function day(at: XMLBuilder, value: string): void {
  at.ele('udt:DateTimeString', { format: DAY_FORMAT }).txt(value.replaceAll('-', ''));
}

function text(at: XMLBuilder, name: string, value: string): void {
  at.ele(name).txt(value);
}
