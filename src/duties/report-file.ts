import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { UNITS, type Unit } from '../kernel/money.js';
import type { Listing, Reporter } from './report.queries.js';
import { wholeUnits, type Property, type SellerProfile } from './seller.rules.js';

export type ReportFile = {
  readonly year: number;
  readonly reporter: Reporter & { readonly tin: string };
  readonly messageRef: string;
  readonly operatorRef: string;
  readonly madeAt: string;
  /** How many sellers are not in it because their data are not whole. */
  readonly incomplete: number;
  readonly sellers: readonly {
    readonly ref: string;
    readonly profile: SellerProfile;
    readonly listings: readonly Listing[];
  }[];
};

const DPI = 'urn:oecd:ties:dpi:v1';
const STF = 'urn:oecd:ties:dpistf:v1';
const NEW_MESSAGE = 'DPI401';
const NOTHING_TO_REPORT = 'DPI403';
const NEW_DATA = 'OECD1';
const OFFICE = 'DPI901';
const REGISTERED_OFFICE = 'OECD304';
const BUSINESS = 'OECD303';

/** The yearly report in the form of the OECD's schema for digital platforms, version 1.0, elements in its order. */
export function reportXml(file: ReportFile): string {
  const { reporter } = file;
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('dpi:DPI_OECD', {
    'xmlns:dpi': DPI,
    'xmlns:stf': STF,
    version: '1.0',
  });
  message(root.ele('dpi:MessageSpec'), file);
  const body = root.ele('dpi:DPIBody');
  const platform = body.ele('dpi:PlatformOperator');
  text(platform, 'dpi:ResCountryCode', reporter.country);
  tin(platform, reporter.tin, reporter.country);
  text(platform, 'dpi:Name', reporter.name);
  text(platform, 'dpi:PlatformBusinessName', 'Escale');
  address(platform, reporter, REGISTERED_OFFICE);
  text(platform, 'dpi:AssumedReporting', 'false');
  docSpec(platform, file.operatorRef);
  for (const seller of file.sellers) sellerOf(body.ele('dpi:ReportableSeller'), seller);
  return root.end({ prettyPrint: true });
}

function message(spec: XMLBuilder, file: ReportFile): void {
  const { reporter, year, messageRef, madeAt, incomplete, sellers } = file;
  text(spec, 'dpi:SendingEntityIN', reporter.tin);
  text(spec, 'dpi:TransmittingCountry', reporter.country);
  text(spec, 'dpi:ReceivingCountry', reporter.country);
  text(spec, 'dpi:MessageType', 'DPI');
  if (incomplete > 0)
    text(
      spec,
      'dpi:Warning',
      `Sellers asked for data they have not given, and not in this file: ${incomplete}`,
    );
  text(spec, 'dpi:MessageRefId', messageRef);
  text(spec, 'dpi:MessageTypeIndic', sellers.length > 0 ? NEW_MESSAGE : NOTHING_TO_REPORT);
  text(spec, 'dpi:ReportingPeriod', `${year}-12-31`);
  text(spec, 'dpi:Timestamp', madeAt);
}

function sellerOf(element: XMLBuilder, { ref, profile, listings }: ReportFile['sellers'][number]): void {
  const standard = element.ele('dpi:Identity').ele('dpi:EntitySeller').ele('dpi:Standard');
  const entity = standard.ele('dpi:EntSellerID');
  text(entity, 'dpi:ResCountryCode', profile.country!);
  tin(entity, profile.tin!, profile.tinCountry!);
  if (profile.registrationNumber) entity.ele('dpi:IN', { INType: 'BRN' }).txt(profile.registrationNumber);
  if (profile.vatNumber) text(entity, 'dpi:VAT', profile.vatNumber);
  text(entity, 'dpi:Name', profile.legalName!);
  const { country, street, postcode, city } = profile;
  const place = { country: country!, street: street!, postcode: postcode!, city: city! };
  address(entity, place, REGISTERED_OFFICE);
  standard
    .ele('dpi:FinancialIdentifier')
    .ele('dpi:Identifier', { AccountNumberType: 'IBAN' })
    .txt(profile.account!);
  const lettings = element.ele('dpi:RelevantActivities').ele('dpi:ImmovableProperty');
  for (const listing of listings) {
    const property = profile.properties.find(({ spaceId }) => spaceId === listing.spaceId)!;
    listed(lettings.ele('dpi:PropertyListing'), property, listing);
  }
  docSpec(element, ref);
}

function listed(element: XMLBuilder, property: Property, listing: Listing): void {
  address(element, property, BUSINESS);
  if (property.landRegistration) text(element, 'dpi:LandRegistrationNumber', property.landRegistration);
  quarters(element.ele('dpi:Consideration'), 'Cons', listing.consideration, listing.unit);
  const counts = element.ele('dpi:NumberOfActivities');
  listing.visits.forEach((count, index) => text(counts, `dpi:NumbQ${index + 1}`, String(count)));
  quarters(element.ele('dpi:Fees'), 'Fees', listing.fees, listing.unit);
  quarters(element.ele('dpi:Taxes'), 'Tax', [0, 0, 0, 0], listing.unit);
  text(element, 'dpi:PropertyType', OFFICE);
  if (listing.days > 0) text(element, 'dpi:RentedDays', String(listing.days));
}

/** Whole units of the currency that was paid. */
function quarters(element: XMLBuilder, name: string, minors: readonly number[], unit: string): void {
  const { scale } = UNITS[unit as Unit];
  minors.forEach((minor, index) =>
    element
      .ele(`dpi:${name}Q${index + 1}`, { currCode: unit })
      .txt(wholeUnits(BigInt(minor), scale).toString()),
  );
}

function address(
  element: XMLBuilder,
  { country, street, postcode, city }: Pick<Property, 'country' | 'street' | 'postcode' | 'city'>,
  legalAddressType: string,
): void {
  const place = element.ele('dpi:Address', { legalAddressType });
  text(place, 'dpi:CountryCode', country);
  const fixed = place.ele('dpi:AddressFix');
  text(fixed, 'dpi:Street', street);
  text(fixed, 'dpi:PostCode', postcode);
  text(fixed, 'dpi:City', city);
}

function tin(element: XMLBuilder, number: string, country: string): void {
  element.ele('dpi:TIN', { issuedBy: country }).txt(number);
}

function docSpec(element: XMLBuilder, ref: string): void {
  const spec = element.ele('dpi:DocSpec');
  text(spec, 'stf:DocTypeIndic', NEW_DATA);
  text(spec, 'stf:DocRefId', ref);
}

function text(element: XMLBuilder, name: string, value: string): void {
  element.ele(name).txt(value);
}
