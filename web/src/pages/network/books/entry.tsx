import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { EntryView } from '@wire/books/books.schema.js';
import { call } from '../../../api/call';
import { Figures } from '../../../components/figures';
import { useTitle } from '../../../shell/title';
import { NetLink, useHere } from '../here';
import { Fault } from '../parts/act';
import { longDay, Who } from '../parts/net';
import { Fact } from '../parts/record';
import { WideTable } from '../parts/table';
import { Sides } from './journal';

/** One entry: what it is made of, its postings, the rates kept with it, its place in the chain. */
export function Entry({ id }: { id: string }) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data: entry, error } = useQuery({
    queryKey: ['network', 'entry', networkId, id],
    queryFn: ({ signal }) => call(`/v1/books/${networkId}/entries/${id}`, { returns: EntryView, signal }),
  });
  useTitle(t`Entry`);
  if (error) return <Fault error={error} />;
  if (!entry) return null;
  return (
    <article>
      <p>
        <NetLink to="books/journal">
          <Trans>Journal</Trans>
        </NetLink>
      </p>
      <h1>
        <Figures>{`${entry.journal} ${entry.number}`}</Figures>
      </h1>
      <Origin entry={entry} />
      <WideTable label={t`Postings`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Account</Trans>
            </th>
            <th scope="col">
              <Trans>Party</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Debit</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Credit side</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {entry.postings.map(({ line, account, accountLabel, party, amount }) => (
            <tr key={line}>
              <th scope="row">
                <Figures>{account}</Figures> {accountLabel}
              </th>
              <td>{party.name}</td>
              <Sides amount={amount} />
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="field-hint">
        <Trans>Hash in the chain</Trans>{' '}
        <bdi dir="ltr" className="net-code">
          {entry.hash}
        </bdi>
      </p>
    </article>
  );
}

function Origin({ entry }: { entry: EntryView }) {
  const { day, label, reference, windowId, reason, lateOf, postedBy, rates } = entry;
  return (
    <dl className="facts">
      <Fact name={<Trans>Day</Trans>}>{longDay(day)}</Fact>
      <Fact name={<Trans>What</Trans>}>
        <bdi>{label}</bdi>
        {reason && (
          <>
            : <bdi>{reason}</bdi>
          </>
        )}
      </Fact>
      <Fact name={<Trans>Made of</Trans>}>
        {windowId ? (
          <NetLink to={`windows/${windowId}`}>
            <bdi>{reference}</bdi>
          </NetLink>
        ) : (
          <bdi>{reference}</bdi>
        )}
      </Fact>
      <Fact name={<Trans>Booked by</Trans>}>
        <Who by={postedBy} />
      </Fact>
      {lateOf && (
        <Fact name={<Trans>Came late, for</Trans>}>
          <Figures>{lateOf}</Figures>
        </Fact>
      )}
      {rates.map(({ unit, perEuro, day: rateDay, source }) => (
        <Fact key={unit} name={<Trans>Exchange rate</Trans>}>
          <Figures>{`1 EUR = ${perEuro} ${unit}`}</Figures>, {longDay(rateDay)}, <bdi>{source}</bdi>
        </Fact>
      ))}
    </dl>
  );
}
