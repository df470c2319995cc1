import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { UNITS } from '@wire/kernel/money.js';
import { ExchangeRateView } from '@wire/treasury/treasury.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { ratesQuery, useAct } from '../../api/network';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { todayAt } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { useHere } from './here';
import { ConfirmedAct, Fault } from './parts/act';
import { longDay, Who } from './parts/net';
import { Empty } from './parts/table';

/** Dated rates: entered by one person, approved by another; a window takes the last one on or before its closing. */
export function RatesPage() {
  const { t } = useLingui();
  useTitle(t`Exchange rates`);
  const { networkId, mayAct } = useHere();
  const { data, error } = useQuery(ratesQuery(networkId));
  return (
    <>
      <h1>
        <Trans>Exchange rates</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          A window takes the last rate on or before the day it closes. One that is older than seven days is
          refused.
        </Trans>
      </p>
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>
            No rate was entered by hand. Those of the European Central Bank are imported as a file.
          </Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {data?.items.map((rate) => (
          <Rate key={rate.id} rate={rate} />
        ))}
      </ul>
      {mayAct && <NewRate />}
    </>
  );
}

function Rate({ rate }: { rate: ExchangeRateView }) {
  const { personId, mayAct } = useHere();
  const approving = useAct(() =>
    call(`/v1/exchange-rates/${rate.id}/signature`, { method: 'PUT', returns: ExchangeRateView }),
  );
  const isMine = rate.proposedBy === `person:${personId}`;
  return (
    <li>
      <p>
        <strong>
          <Figures>{`1 EUR = ${rate.rate} ${rate.quote}`}</Figures>
        </strong>{' '}
        {longDay(rate.day)} <small>{rate.source}</small>
      </p>
      {rate.approvedBy ? (
        <p className="field-hint">
          <Trans>
            Entered by <Who by={rate.proposedBy} />, approved by <Who by={rate.approvedBy} />
          </Trans>
        </p>
      ) : isMine || !mayAct ? (
        <p className="net-warn">
          <Trans>It waits for a second person.</Trans>
        </p>
      ) : (
        <ConfirmedAct
          name={<Trans>Approve the rate</Trans>}
          consequence={
            <Trans>Compare it with its source. Windows that close from that day on may use it.</Trans>
          }
          act={approving}
          isMain
        />
      )}
    </li>
  );
}

function NewRate() {
  const { networkId } = useHere();
  const entering = useAct((form: FormData) =>
    call(`/v1/exchange-rates/${newId()}`, {
      method: 'PUT',
      body: {
        networkId,
        day: formText(form, 'day'),
        quote: formText(form, 'quote'),
        rate: formText(form, 'rate').trim().replace(',', '.'),
        source: formText(form, 'source'),
      },
      returns: ExchangeRateView,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    entering.mutate(new FormData(form), { onSuccess: () => form.reset() });
  };
  const today = todayAt('UTC').toString();
  return (
    <form className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Enter a rate</Trans>
      </h2>
      <label>
        <Trans>Day</Trans>
        <input name="day" type="date" className="control" required max={today} defaultValue={today} />
      </label>
      <label>
        <Trans>Currency</Trans>
        <select name="quote" className="control">
          {Object.keys(UNITS)
            .filter((unit) => unit !== 'HALF_DAY' && unit !== 'EUR')
            .map((unit) => (
              <option key={unit}>{unit}</option>
            ))}
        </select>
      </label>
      <label>
        <Trans>Units of it for one euro</Trans>
        <input name="rate" className="control es-figures" inputMode="decimal" required />
      </label>
      <label>
        <Trans>Source</Trans>
        <input name="source" className="control" required maxLength={300} />
      </label>
      <Fault error={entering.error} />
      <Button type="submit" loading={entering.isPending}>
        <Trans>Propose the rate</Trans>
      </Button>
    </form>
  );
}
