import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RestrictionView, RetentionPage, SellerView } from '@wire/duties/duties.schema.js';

type Words<Code extends string> = Readonly<Record<Code, MessageDescriptor>>;
const said =
  <Code extends string>(words: Words<Code>) =>
  (code: Code): string =>
    i18n._(words[code]);

export const recordText = said<RetentionPage['items'][number]['record']>({
  DOCUMENT: msg`Invoices, credit notes, receipts`,
  BOOK_ENTRY: msg`Entries of the books`,
  USAGE_RECORD: msg`Records of visits`,
  ACCESS_LOG: msg`Logs of doors`,
  SELLER_PROFILE: msg`Data of sellers`,
  MAIL: msg`Sent mails`,
});

export const sellerState = said<SellerView['state']>({
  EXCLUDED: msg`not reported`,
  INCOMPLETE: msg`data missing`,
  COMPLETE: msg`complete`,
});

export const exclusionText = said<NonNullable<SellerView['exclusion']>>({
  PUBLIC_BODY: msg`a public body`,
  OUTSIDE_UNION: msg`nothing in the European Union`,
});

export const restrictionText = said<RestrictionView['reason']>({
  SELLER_DATA_MISSING: msg`data for the report are missing`,
  TERMS_BROKEN: msg`terms were broken`,
  LEGAL_ORDER: msg`by order of an authority`,
  SAFETY: msg`for safety`,
});

const fields = {
  legalName: msg`legal name`,
  street: msg`street`,
  postcode: msg`postcode`,
  city: msg`city`,
  country: msg`country`,
  tin: msg`tax number`,
  tinCountry: msg`country of the tax number`,
  account: msg`bank account`,
} satisfies Record<string, MessageDescriptor>;

/** A field that is missing, in words; a property by the name of its space. */
export function missingText(field: string, spaces: SellerView['spaces']): string {
  const known = fields[field as keyof typeof fields] as MessageDescriptor | undefined;
  if (known) return i18n._(known);
  const name = spaces.find(({ id }) => field === `property:${id}`)?.name ?? '';
  return i18n._(msg`address of ${name}`);
}
