import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { Money } from '../../components/money';
import { dayText, todayAt } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { Empty, WideTable } from '../network/parts/table';
import { agentsQuery, AgentView, allowanceQuery, attendanceQuery, usePut } from './api';
import { AgentWord } from './words';

/** For an employer alone: who its agents are, and what their days make. */
export function EmployerPage({ institutionIds }: { institutionIds: readonly string[] }) {
  const { t } = useLingui();
  useTitle(t`Our agents`);
  const found = useQueries({ queries: institutionIds.map((id) => agentsQuery(id)) });
  const agents = found.flatMap(({ data }) => data ?? []);
  const claimed = agents.filter(({ state }) => state === 'CLAIMED');
  return (
    <>
      <h1>
        <Trans>Our agents</Trans>
      </h1>
      {claimed.length > 0 && (
        <ul className="sponsor-queue">
          {claimed.map((agent) => (
            <Claimed key={agent.id} agent={agent} />
          ))}
        </ul>
      )}
      {agents.length === 0 ? (
        <Empty>
          <Trans>No agent has told you yet. They do so on their own page.</Trans>
        </Empty>
      ) : (
        <Known agents={agents.filter(({ state }) => state !== 'CLAIMED')} />
      )}
      {institutionIds.map((id) => (
        <Allowance key={id} employerId={id} />
      ))}
    </>
  );
}

function Claimed({ agent: { id, name, workEmail } }: { agent: AgentView }) {
  const put = usePut(AgentView);
  const path = `/v1/agents/${id}/confirmation` as const;
  const year = todayAt('UTC').year;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const answer = { answer: 'CONFIRMED', daysPerWeek: Number(form.get('daysPerWeek')) };
    put.mutate({ path, body: { ...answer, validUntil: form.get('validUntil') } });
  };
  return (
    <li>
      <p>
        <strong>{name}</strong>
        <br />
        <small>{workEmail}</small>
      </p>
      <form className="sponsor-acts" onSubmit={submit}>
        <label>
          <Trans>Days a week</Trans>
          <select name="daysPerWeek" defaultValue="2">
            <option>1</option>
            <option>2</option>
            <option>3</option>
          </select>
        </label>
        <label>
          <Trans>Until</Trans>
          <input name="validUntil" type="date" required defaultValue={`${year}-12-31`} />
        </label>
        <Button type="submit" color="tomette" loading={put.isPending}>
          <Trans>Confirm</Trans>
        </Button>
        <Button
          variant="default"
          disabled={put.isPending}
          onClick={() => put.mutate({ path, body: { answer: 'DECLINED' } })}
        >
          <Trans>Not ours</Trans>
        </Button>
      </form>
      {put.error && (
        <p className="form-fault" role="alert">
          {problemText(put.error)}
        </p>
      )}
    </li>
  );
}

function Known({ agents }: { agents: readonly AgentView[] }) {
  const { t } = useLingui();
  if (agents.length === 0) return null;
  return (
    <WideTable label={t`Our agents`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Agent</Trans>
          </th>
          <th scope="col">
            <Trans>State</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Days a week</Trans>
          </th>
          <th scope="col">
            <Trans>Until</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {agents.map(({ id, name, state, daysPerWeek, validUntil }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <AgentWord state={state} />
            </td>
            <td className="es-amount-column">
              <Figures>{daysPerWeek}</Figures>
            </td>
            <td>
              <Figures>{validUntil}</Figures>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

const QUARTERS = [1, 2, 3, 4];
const MONTHS_PER_QUARTER = 3;

/** Persons, days and money: never places. */
function Allowance({ employerId }: { employerId: string }) {
  const { t } = useLingui();
  const { year, month } = todayAt('UTC');
  const [quarter, choose] = useState(Math.ceil(month / MONTHS_PER_QUARTER));
  const { data } = useQuery(allowanceQuery(employerId, year, quarter));
  if (!data) return null;
  return (
    <section>
      <h2>
        <Trans>Telework allowance</Trans>
      </h2>
      <label className="sponsor-choice">
        <Trans>Quarter of {year}</Trans>
        <select value={quarter} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
          {QUARTERS.map((number) => (
            <option key={number}>{number}</option>
          ))}
        </select>
      </label>
      {data.agents.length === 0 ? (
        <Empty>
          <Trans>No day was attested in this year.</Trans>
        </Empty>
      ) : (
        <WideTable label={t`Telework allowance`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Agent</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Days attested</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Days paid for</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Allowance</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.agents.map(({ agentId, name, days, paidDays, amount }) => (
              <tr key={agentId}>
                <th scope="row">{name}</th>
                <td className="es-amount-column">
                  <Figures>{days}</Figures>
                </td>
                <td className="es-amount-column">
                  <Figures>{paidDays}</Figures>
                </td>
                <td className="es-amount-column">
                  <Money amount={amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <p className="sponsor-note">
        <Money amount={data.perDay} /> · <Money amount={data.yearCap} /> · {data.source}
      </p>
      <Attendance employerId={employerId} fromDay={data.fromDay} untilDay={data.untilDay} />
    </section>
  );
}

/** What doors attested: the same statement has the same checksum, whoever shows it. */
function Attendance({
  employerId,
  fromDay,
  untilDay,
}: Record<'employerId' | 'fromDay' | 'untilDay', string>) {
  const { data } = useQuery(attendanceQuery(employerId, fromDay, untilDay));
  if (!data || data.agents.length === 0) return null;
  return (
    <details>
      <summary>
        <Trans>Attendance statement: persons and days, without places</Trans>
      </summary>
      {data.agents.map(({ agentId, name, days }) => (
        <p key={agentId}>
          <strong>{name}</strong> {days.map(({ day }) => dayText(day)).join(' · ')}
        </p>
      ))}
      <p className="net-code">
        <Figures>{data.checksum}</Figures>
      </p>
    </details>
  );
}
