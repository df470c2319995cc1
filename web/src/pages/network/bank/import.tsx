import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { BankFileView } from '@wire/banking/banking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../../api/call';
import { bankAccountsQuery, useAct } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { formText } from '../../../components/form-text';
import { NetLink, useHere } from '../here';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Empty, WideTable } from '../parts/table';
import { mappingOf, TableMapping } from './table-mapping';

/** A bank's file is looked at first; nothing of it is stored as a line until somebody says so. */
export function BankImport() {
  const { networkId } = useHere();
  const { data: accounts } = useQuery(bankAccountsQuery(networkId));
  const [isTable, setTable] = useState(false);
  const reading = useAct(async (form: FormData) => {
    const file = form.get('file') as File;
    return call(`/v1/bank-files/${newId()}`, {
      method: 'PUT',
      body: {
        bankAccountId: formText(form, 'account'),
        name: file.name,
        content: await base64Of(file),
        ...(isTable ? { mapping: mappingOf(form) } : {}),
      },
      returns: BankFileView,
    });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reading.mutate(new FormData(event.currentTarget));
  };
  const usable = accounts?.items.filter(({ state }) => state === 'USED') ?? [];
  if (accounts && usable.length === 0)
    return (
      <Empty>
        <Trans>First enter a bank account, and have it approved.</Trans>{' '}
        <NetLink to="bank/accounts">
          <Trans>Bank accounts</Trans>
        </NetLink>
      </Empty>
    );
  return (
    <>
      <form className="panel net-form" onSubmit={submit}>
        <label>
          <Trans>Account</Trans>
          <select name="account" className="control" required>
            {usable.map(({ id, party, iban, number }) => (
              <option key={id} value={id}>
                {party.name} · {iban ?? number}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>File of the bank: camt.053, MT940 or a table (CSV)</Trans>
          <input
            name="file"
            type="file"
            className="control"
            required
            accept=".xml,.sta,.mt940,.txt,.csv"
            onChange={({ currentTarget }) => setTable(/\.csv$/i.test(currentTarget.files?.[0]?.name ?? ''))}
          />
        </label>
        {isTable && <TableMapping />}
        <Fault error={reading.error} />
        <Button type="submit" loading={reading.isPending}>
          <Trans>Look at it</Trans>
        </Button>
      </form>
      {reading.data && <Preview key={reading.data.id} file={reading.data} />}
    </>
  );
}

function Preview({ file }: { file: BankFileView }) {
  const { t } = useLingui();
  const importing = useAct(() =>
    call(`/v1/bank-files/${file.id}/import`, { method: 'PUT', returns: BankFileView }),
  );
  const fresh = file.lines.filter(({ isKnown }) => !isKnown);
  const piles = { MATCHED: t`matched`, SUGGESTED: t`suggested`, UNKNOWN: t`unknown` };
  if (importing.data)
    return (
      <p className="net-empty" role="status">
        <Trans>
          Imported: <Figures>{fresh.length}</Figures> lines. What could only be one payment is matched.
        </Trans>{' '}
        <NetLink
          to="bank/lines"
          search={{ pile: fresh.every(({ pile }) => pile === 'MATCHED') ? 'MATCHED' : 'SUGGESTED' }}
        >
          <Trans>To the bank lines</Trans>
        </NetLink>
      </p>
    );
  return (
    <section>
      <h2>
        <Trans>Preview of {file.name}</Trans>
      </h2>
      {file.faults.length > 0 && (
        <div className="net-warn" role="alert">
          <p>
            <Trans>Rows that cannot be taken stop the whole file. Nothing was stored.</Trans>
          </p>
          <ul>
            {file.faults.map(({ row, code, text }) => (
              <li key={`${row}${code}`}>
                {row !== null && <Figures>{row}</Figures>} {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <WideTable label={t`Preview of ${file.name}`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            <th scope="col">
              <Trans>Other side</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Amount</Trans>
            </th>
            <th scope="col">
              <Trans>Pile</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {file.lines.map(({ row, bookedDay, counterparty, text, amount, isKnown, pile }) => (
            <tr key={row}>
              <th scope="row">{longDay(bookedDay)}</th>
              <td>
                {counterparty} <small>{text}</small>
              </td>
              <td className="es-amount-column">
                <Amount {...amount} />
              </td>
              <td>{isKnown ? <Trans>known already</Trans> : piles[pile]}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <Fault error={importing.error} />
      <p>
        <Button
          color="tomette"
          disabled={file.faults.length > 0 || fresh.length === 0}
          loading={importing.isPending}
          onClick={() => importing.mutate()}
        >
          <Trans>
            Import <Figures>{fresh.length}</Figures> lines
          </Trans>
        </Button>
      </p>
    </section>
  );
}

const CHUNK = 32_768;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK)
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
}
