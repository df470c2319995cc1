import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { remindersQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { Amount } from '../parts/net';
import { Moment } from '../../../components/moment';
import { WideTable } from '../parts/table';

/** Who was reminded of what, and whether it helped. The clock writes on the due day, then after one and two weeks. */
export function Reminders({ windowId }: { windowId: string }) {
  const { t } = useLingui();
  const { data } = useQuery(remindersQuery(windowId));
  if (!data || data.items.length === 0) return null;
  const latest = new Map(data.items.map((reminder) => [reminder.payment.id, reminder]));
  return (
    <section>
      <h2>
        <Trans>Reminders</Trans>
      </h2>
      <WideTable label={t`Reminders`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Debtor</Trans>
            </th>
            <th scope="col">
              <Trans>to</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Amount</Trans>
            </th>
            <th scope="col">
              <Trans>Was due</Trans>
            </th>
            <th scope="col">
              <Trans>Reminded</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...latest.values()].map(({ payment, number, dueAt, remindedAt }) => (
            <tr key={payment.id}>
              <th scope="row">{payment.from.name}</th>
              <td>{payment.to.name}</td>
              <td className="es-amount-column">
                <Amount {...payment.amount} />
              </td>
              <td>
                <Moment at={dueAt} />
              </td>
              <td>
                <Trans>
                  No. <Figures>{number}</Figures> on <Moment at={remindedAt} />
                </Trans>{' '}
                {payment.executedAt && (
                  <span className="state-mark state-settled">
                    <Trans>paid since</Trans>
                  </span>
                )}
                {payment.failedAt && (
                  <span className="state-mark state-failed">
                    <Trans>failed, carried over</Trans>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
