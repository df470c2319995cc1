import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LaboratoryRunPage, LaboratoryRunView } from '@wire/laboratory/laboratory.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { useAct, windowsQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { LaboratoryResultTables } from './laboratory-result';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { Moment } from '../../components/moment';
import { Empty } from './parts/table';

/** laboratory, laboratory/<run>: past windows under other policies, before anybody votes. Nothing of it is booked. */
export function LaboratoryPage() {
  const { t } = useLingui();
  useTitle(t`Laboratory`);
  const {
    path: [id],
  } = useHere();
  return (
    <>
      <h1>
        <Trans>Laboratory</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          Past visits under another policy: who would gain, who would lose. Nothing is written to the books.
        </Trans>
      </p>
      {id ? <Run id={id} /> : <NewRun />}
      <Runs />
    </>
  );
}

function Run({ id }: { id: string }) {
  const { data, error } = useQuery({
    queryKey: ['network', 'laboratory', id],
    queryFn: ({ signal }) => call(`/v1/laboratory-runs/${id}`, { returns: LaboratoryRunView, signal }),
  });
  const sharing = useAct(() =>
    call(`/v1/laboratory-runs/${id}/sharing`, { method: 'PUT', returns: LaboratoryRunView }),
  );
  if (error) return <Fault error={error} />;
  if (!data) return null;
  return (
    <>
      <LaboratoryResultTables result={data.result} />
      <p className="head-acts">
        <a className="pill" href={`/v1/laboratory-runs/${id}.csv`} download>
          CSV
        </a>
        {data.sharedAt ? (
          <span className="state-mark">
            <Trans>every member may see it</Trans>
          </span>
        ) : (
          <Button variant="default" loading={sharing.isPending} onClick={() => sharing.mutate()}>
            <Trans>Show it to every member</Trans>
          </Button>
        )}
      </p>
      <Fault error={sharing.error} />
    </>
  );
}

const BPS_PER_PERCENT = 100;
const WHOLE_BPS = 10_000;
const POLICIES_MAX = 3;

function NewRun() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data: windows } = useQuery(windowsQuery(networkId));
  const closed = windows?.items.filter(({ untilDay }) => untilDay !== null).toReversed() ?? [];
  const running = useAct((form: FormData) =>
    call(`/v1/laboratory-runs/${newId()}`, {
      method: 'PUT',
      body: {
        networkId,
        windowIds: form.getAll('window'),
        policies: Array.from({ length: POLICIES_MAX }, (_, index) => policyOf(form, index)).filter(Boolean),
      },
      returns: LaboratoryRunView,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    running.mutate(new FormData(event.currentTarget));
  };
  if (windows && closed.length === 0)
    return (
      <Empty>
        <Trans>Once a window is closed, it can be played again here.</Trans>
      </Empty>
    );
  return (
    <form className="panel net-form" onSubmit={submit}>
      <label>
        <Trans>Windows to play again</Trans>
        <select
          name="window"
          className="control"
          multiple
          required
          defaultValue={closed.slice(0, 1).map(({ id }) => id)}
        >
          {closed.map(({ id, number }) => (
            <option key={id} value={id}>
              {t`Window ${String(number)}`}
            </option>
          ))}
        </select>
      </label>
      {Array.from({ length: POLICIES_MAX }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a policy is its place
        <PolicyFields key={index} index={index} />
      ))}
      <Fault error={running.error} />
      <Button type="submit" color="tomette" loading={running.isPending}>
        <Trans>Play it</Trans>
      </Button>
      {running.isPending && (
        <p role="status">
          <Trans>Every visit is priced and settled again…</Trans>
        </p>
      )}
      {running.data && <LaboratoryResultTables result={running.data.result} />}
    </form>
  );
}

function PolicyFields({ index }: { index: number }) {
  const { t } = useLingui();
  const number = String(index + 1);
  return (
    <fieldset className="plain-fieldset table-mapping">
      <legend>
        <Trans>Policy {number}</Trans>
      </legend>
      <label>
        <Trans>Name</Trans>
        <input name={`name${index}`} className="control" required={index === 0} maxLength={60} />
      </label>
      <label>
        <Trans>Rates, in percent of today’s</Trans>
        <input
          name={`rate${index}`}
          className="control es-figures"
          type="number"
          min={0}
          max={1000}
          placeholder="100"
        />
      </label>
      <label>
        <Trans>Solidarity share in percent</Trans>
        <input
          name={`solidarity${index}`}
          className="control es-figures"
          type="number"
          min={0}
          max={100}
          step="0.01"
        />
      </label>
      <label>
        <Trans>Free half-days of a visitor at a host in a year</Trans>
        <input name={`free${index}`} className="control es-figures" type="number" min={0} max={732} />
      </label>
      <label>
        <Trans>How visits are owed</Trans>
        <select name={`mode${index}`} className="control">
          <option value="">{t`as agreed`}</option>
          <option value="ACCRUAL_CASH">{t`against money`}</option>
          <option value="ACCRUAL_IN_KIND">{t`against days`}</option>
          <option value="GIFT">{t`as a gift`}</option>
        </select>
      </label>
    </fieldset>
  );
}

/** What is left empty stays as it was. */
function policyOf(form: FormData, index: number): object | null {
  const text = (name: string) => formText(form, `${name}${index}`).trim();
  if (text('name') === '') return null;
  const number = (name: string, times: number) =>
    text(name) === '' ? null : Math.round(Number(text(name)) * times);
  return {
    name: text('name'),
    mode: text('mode') || null,
    rateBps: number('rate', WHOLE_BPS / 100),
    solidarityBps: number('solidarity', BPS_PER_PERCENT),
    freeHalfDays: number('free', 1),
  };
}

function Runs() {
  const { networkId } = useHere();
  const { data } = useQuery({
    queryKey: ['network', 'laboratory', networkId],
    queryFn: ({ signal }) =>
      call(`/v1/laboratory-runs?networkId=${networkId}`, { returns: LaboratoryRunPage, signal }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Played before</Trans>
      </h2>
      <ul className="window-list">
        {data.items.map(({ id, policyNames, createdAt }) => (
          <li key={id}>
            <NetLink to={`laboratory/${id}`}>
              <strong>{policyNames.join(', ')}</strong>
              <span>
                <Moment at={createdAt} />
              </span>
              <small>
                <Figures>{policyNames.length}</Figures>
              </small>
            </NetLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
