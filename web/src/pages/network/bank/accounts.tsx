import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { BankAccountView } from '@wire/banking/banking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { UNITS } from '@wire/kernel/money.js';
import { useRef, type FormEvent } from 'react';
import { call } from '../../../api/call';
import { bankAccountsQuery, useAct } from '../../../api/network';
import { formText } from '../../../components/form-text';
import { useHere } from '../here';
import { ConfirmedAct, Fault } from '../parts/act';
import { Moment } from '../../../components/moment';
import { Empty } from '../parts/table';
import { useParties } from '../parties';
import { accountState } from '../words';

/** Where parties are paid. A new account takes a second person, and one that replaces another cools down for 72 hours. */
export function Accounts() {
  const { networkId, mayAct } = useHere();
  const { data, error } = useQuery(bankAccountsQuery(networkId));
  return (
    <>
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>No bank account was entered yet.</Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {data?.items.map((account) => (
          <Account key={account.id} account={account} />
        ))}
      </ul>
      {mayAct && <NewAccount />}
    </>
  );
}

function Account({ account }: { account: BankAccountView }) {
  const { mayAct } = useHere();
  const approving = useAct(() =>
    call(`/v1/bank-accounts/${account.id}/approval`, { method: 'PUT', returns: BankAccountView }),
  );
  return (
    <li>
      <p>
        <strong>{account.party.name}</strong> <bdi dir="ltr">{account.iban ?? account.number}</bdi>{' '}
        <span className={`state-mark state-${account.state.toLowerCase()}`}>
          {accountState(account.state)}
        </span>
      </p>
      <p className="field-hint">
        {account.holder} · {account.unit} {account.bank}
      </p>
      {account.state === 'WAITING' && account.usableFrom && (
        <p className="net-warn">
          <Trans>
            It may be used from <Moment at={account.usableFrom} />; whoever gave the account before was told.
          </Trans>
        </p>
      )}
      {account.state === 'PROPOSED' && mayAct && (
        <ConfirmedAct
          name={<Trans>Approve the account</Trans>}
          consequence={
            <Trans>Ask the party by a way you know before you say yes: this is where its money goes.</Trans>
          }
          act={approving}
        />
      )}
    </li>
  );
}

function NewAccount() {
  const { t } = useLingui();
  const parties = useParties();
  const form = useRef<HTMLFormElement>(null);
  const proposing = useAct(async (data: FormData) => {
    const text = (name: string) => formText(data, name).trim();
    const optional = (name: string) => (text(name) ? { [name]: text(name) } : {});
    const made = await call(`/v1/bank-accounts/${newId()}`, {
      method: 'PUT',
      body: {
        partyId: text('party'),
        holder: text('holder'),
        country: text('country').toUpperCase(),
        unit: text('unit'),
        ...optional('iban'),
        ...optional('bic'),
        ...optional('number'),
        ...optional('bank'),
      },
      returns: BankAccountView,
    });
    form.current?.reset();
    return made;
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    proposing.mutate(new FormData(event.currentTarget));
  };
  return (
    <form ref={form} className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Enter a bank account</Trans>
      </h2>
      <label>
        <Trans>Party</Trans>
        <select name="party" className="control" required>
          {parties.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <Trans>Name on the account</Trans>
        <input name="holder" className="control" required maxLength={140} />
      </label>
      <label>
        <Trans>Country of the bank, as two letters</Trans>
        <input name="country" className="control" required minLength={2} maxLength={2} />
      </label>
      <label>
        <Trans>Currency</Trans>
        <select name="unit" className="control">
          {Object.keys(UNITS)
            .filter((unit) => unit !== 'HALF_DAY')
            .map((unit) => (
              <option key={unit}>{unit}</option>
            ))}
        </select>
      </label>
      <label>
        IBAN
        <input name="iban" className="control" dir="ltr" placeholder={t`or a number and a bank, below`} />
      </label>
      <label>
        BIC
        <input name="bic" className="control" dir="ltr" />
      </label>
      <label>
        <Trans>Account number</Trans>
        <input name="number" className="control" dir="ltr" />
      </label>
      <label>
        <Trans>Name of the bank</Trans>
        <input name="bank" className="control" />
      </label>
      <Fault error={proposing.error} />
      <Button type="submit" loading={proposing.isPending}>
        <Trans>Propose the account</Trans>
      </Button>
    </form>
  );
}
