import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { SellerView } from '@wire/duties/duties.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent, ReactNode } from 'react';
import { call } from '../../../api/call';
import { useAct } from '../../../api/network';
import { formText } from '../../../components/form-text';
import { Fault } from '../parts/act';

type Field = { readonly name: string; readonly label: ReactNode; readonly value?: string | null | undefined };

/** What is left empty stays missing, and is asked for again. */
export function SellerForm({ seller, onDone }: { seller: SellerView; onDone: () => void }) {
  const { operator, spaces, profile } = seller;
  const declaring = useAct(async (form: FormData) => {
    await call(`/v1/seller-profiles/${newId()}`, {
      method: 'PUT',
      body: { operatorId: operator.id, ...declared(form, spaces) },
      returns: SellerView,
    });
    onDone();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    declaring.mutate(new FormData(event.currentTarget));
  };
  const fields: Field[] = [
    { name: 'legalName', label: <Trans>Legal name</Trans>, value: profile?.legalName },
    { name: 'street', label: <Trans>Street and number</Trans>, value: profile?.street },
    { name: 'postcode', label: <Trans>Postcode</Trans>, value: profile?.postcode },
    { name: 'city', label: <Trans>City</Trans>, value: profile?.city },
    { name: 'country', label: <Trans>Country, two letters</Trans>, value: profile?.country },
    { name: 'tin', label: <Trans>Tax number</Trans>, value: profile?.tin },
    { name: 'tinCountry', label: <Trans>Country that gave it</Trans>, value: profile?.tinCountry },
    { name: 'vatNumber', label: <Trans>VAT number, if there is one</Trans>, value: profile?.vatNumber },
    {
      name: 'registrationNumber',
      label: <Trans>Registration number, if there is one</Trans>,
      value: profile?.registrationNumber,
    },
    { name: 'account', label: <Trans>IBAN it is paid to</Trans>, value: profile?.account },
  ];
  return (
    <form className="net-form" onSubmit={submit}>
      <label className="money-tick">
        <input type="checkbox" name="isPublicBody" defaultChecked={profile?.isPublicBody ?? false} />
        <span>
          <Trans>It is a public body, which is not reported</Trans>
        </span>
      </label>
      {fields.map((field) => (
        <TextField key={field.name} field={field} />
      ))}
      {spaces.map(({ id, name, city, country }) => {
        const known = profile?.properties.find(({ spaceId }) => spaceId === id);
        return (
          <fieldset key={id}>
            <legend>
              <Trans>Where {name} stands</Trans>
            </legend>
            <TextField
              field={{ name: `${id}street`, label: <Trans>Street and number</Trans>, value: known?.street }}
            />
            <TextField
              field={{ name: `${id}postcode`, label: <Trans>Postcode</Trans>, value: known?.postcode }}
            />
            <TextField
              field={{ name: `${id}city`, label: <Trans>City</Trans>, value: known?.city ?? city }}
            />
            <TextField
              field={{
                name: `${id}country`,
                label: <Trans>Country, two letters</Trans>,
                value: known?.country ?? country,
              }}
            />
          </fieldset>
        );
      })}
      <Fault error={declaring.error} />
      <Button type="submit" loading={declaring.isPending}>
        <Trans>Declare it</Trans>
      </Button>
    </form>
  );
}

function TextField({ field: { name, label, value } }: { field: Field }) {
  return (
    <label>
      {label}
      <input name={name} className="control" defaultValue={value ?? ''} maxLength={200} dir="auto" />
    </label>
  );
}

function declared(form: FormData, spaces: SellerView['spaces']) {
  const text = (name: string) => formText(form, name).trim() || null;
  const code = (name: string) => text(name)?.toUpperCase() ?? null;
  return {
    isPublicBody: form.get('isPublicBody') !== null,
    legalName: text('legalName'),
    street: text('street'),
    postcode: text('postcode'),
    city: text('city'),
    country: code('country'),
    tin: text('tin'),
    tinCountry: code('tinCountry'),
    vatNumber: text('vatNumber'),
    registrationNumber: text('registrationNumber'),
    account: text('account'),
    properties: spaces.flatMap(({ id }) => {
      const [street, postcode] = [text(`${id}street`), text(`${id}postcode`)];
      const [city, country] = [text(`${id}city`), code(`${id}country`)];
      return street && postcode && city && country
        ? [{ spaceId: id, street, postcode, city, country, landRegistration: null }]
        : [];
    }),
  };
}
