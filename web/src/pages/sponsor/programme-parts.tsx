import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { Money } from '../../components/money';
import { dayText } from '../../i18n/days';
import { Empty, WideTable } from '../network/parts/table';
import { invoicesQuery, programmeAgentsQuery, RequestView, requestsQuery, usePut } from './api';

/** What agents ask for, the oldest first. */
export function Queue({ programmeId }: { programmeId: string }) {
  const { data = [] } = useQuery(requestsQuery(programmeId));
  const asked = data.filter(({ state }) => state === 'ASKED');
  return (
    <section>
      <h2>
        <Trans>Asked for</Trans>
      </h2>
      {asked.length === 0 ? (
        <Empty>
          <Trans>Nobody waits for an answer.</Trans>
        </Empty>
      ) : (
        <ul className="sponsor-queue">
          {asked.map((request) => (
            <Asked key={request.id} request={request} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Asked({ request: { id, agent, days, reason } }: { request: RequestView }) {
  const { t } = useLingui();
  const put = usePut(RequestView);
  const path = `/v1/voucher-requests/${id}/answer` as const;
  const declined = { answer: 'DECLINED', reason: t`There are no days left for this.` };
  return (
    <li>
      <p>
        <strong>{agent.name}</strong> <small>{agent.employer}</small>
        <br />
        <Plural value={days} one="# day" other="# days" /> · {reason}
      </p>
      <span className="sponsor-acts">
        <Button
          color="tomette"
          loading={put.isPending}
          onClick={() => put.mutate({ path, body: { answer: 'GRANTED', offerId: newId() } })}
        >
          <Trans>Grant</Trans>
        </Button>
        <Button
          variant="default"
          disabled={put.isPending}
          onClick={() => put.mutate({ path, body: declined })}
        >
          <Trans>Decline</Trans>
        </Button>
      </span>
      {put.error && (
        <p className="form-fault" role="alert">
          {problemText(put.error)}
        </p>
      )}
    </li>
  );
}

/** Days of each agent, never where: the programme is told no more. */
export function AgentDays({ programmeId }: { programmeId: string }) {
  const { t } = useLingui();
  const { data = [] } = useQuery(programmeAgentsQuery(programmeId));
  if (data.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Agents</Trans>
      </h2>
      <WideTable label={t`Days of agents, without places`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Agent</Trans>
            </th>
            <th scope="col">
              <Trans>Employer</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Vouchers left</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Days attested</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ agentId, name, employer, vouchersLeft, attestedHalfDays }) => (
            <tr key={agentId}>
              <th scope="row">{name}</th>
              <td>{employer}</td>
              <td className="es-amount-column">
                <Figures>{vouchersLeft}</Figures>
              </td>
              <td className="es-amount-column">
                <Figures>{attestedHalfDays / 2}</Figures>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

export function Invoices({ programmeId }: { programmeId: string }) {
  const { t } = useLingui();
  const { data = [] } = useQuery(invoicesQuery(programmeId));
  return (
    <section>
      <h2>
        <Trans>Invoices</Trans>
      </h2>
      {data.length === 0 ? (
        <Empty>
          <Trans>No month is invoiced yet.</Trans>
        </Empty>
      ) : (
        <WideTable label={t`Invoices`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Month</Trans>
              </th>
              <th scope="col">
                <Trans>Order number</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Amount</Trans>
              </th>
              <th scope="col">
                <Trans>Paid</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ id, month, orderNumber, amount, paidOn }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={`/v1/documents/${id}/pdf`}>
                    <Figures>{month}</Figures>
                  </a>
                </th>
                <td>
                  <Figures>{orderNumber}</Figures>
                </td>
                <td className="es-amount-column">
                  <Money amount={amount} />
                </td>
                <td>{paidOn ? dayText(paidOn) : <Trans>Not yet</Trans>}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  );
}
