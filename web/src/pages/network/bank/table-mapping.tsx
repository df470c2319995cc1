import { Trans } from '@lingui/react/macro';
import type { CsvMapping } from '@wire/banking/bank-file.schema.js';
import { formText } from '../../../components/form-text';

/** Which column of a bank's table holds what. The account remembers it for the next file. */
export function TableMapping() {
  return (
    <fieldset className="plain-fieldset table-mapping">
      <legend>
        <Trans>How the table is written; leave empty what you told before</Trans>
      </legend>
      <label>
        <Trans>Columns are parted by</Trans>
        <select name="delimiter" className="control">
          <option value=";">;</option>
          <option value=",">,</option>
          <option value={'\t'}>⇥</option>
        </select>
      </label>
      <label>
        <Trans>Decimals after</Trans>
        <select name="decimal" className="control">
          <option>,</option>
          <option>.</option>
        </select>
      </label>
      <label>
        <Trans>Days are written</Trans>
        <select name="dayFormat" className="control">
          <option>DD/MM/YYYY</option>
          <option>YYYY-MM-DD</option>
          <option>MM/DD/YYYY</option>
        </select>
      </label>
      <label>
        <Trans>Currency</Trans>
        <input name="currency" className="control" defaultValue="EUR" maxLength={3} />
      </label>
      <label>
        <Trans>Column of the day</Trans>
        <input name="day" className="control" />
      </label>
      <label>
        <Trans>Column of the amount</Trans>
        <input name="amount" className="control" />
      </label>
      <label>
        <Trans>Column of the other side’s name</Trans>
        <input name="name" className="control" />
      </label>
      <label>
        <Trans>Column of the text</Trans>
        <input name="text" className="control" />
      </label>
    </fieldset>
  );
}

/** Undefined when nothing was told: then the account's own mapping counts. */
export function mappingOf(form: FormData): CsvMapping | undefined {
  const [day, amount] = [formText(form, 'day'), formText(form, 'amount')];
  if (day === '' || amount === '') return undefined;
  const optional = (key: 'name' | 'text') => (formText(form, key) ? { [key]: formText(form, key) } : {});
  return {
    delimiter: formText(form, 'delimiter') as CsvMapping['delimiter'],
    decimal: formText(form, 'decimal') as CsvMapping['decimal'],
    dayFormat: formText(form, 'dayFormat') as CsvMapping['dayFormat'],
    currency: formText(form, 'currency'),
    columns: { day, amount, ...optional('name'), ...optional('text') },
  };
}
