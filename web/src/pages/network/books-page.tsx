import { Trans, useLingui } from '@lingui/react/macro';
import { CheckCircle, XCircle } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { IntegrityView, TrialBalancePage } from '@wire/books/books.schema.js';
import { call } from '../../api/call';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { Period } from './books-period';
import { Entry } from './books/entry';
import { Journal } from './books/journal';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { Amount } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';

/** books, books/journal, books/entries/<id> */
export function BooksPage() {
  const {
    path: [room, id],
  } = useHere();
  if (room === 'journal') return <Journal />;
  return room === 'entries' && id ? <Entry key={id} id={id} /> : <Book />;
}

/** The double-entry books: whether they hold, their months, the balance of each account, and files for other tools. */
function Book() {
  const { t } = useLingui();
  useTitle(t`Books`);
  const { networkId } = useHere();
  const { data, error } = useQuery({
    queryKey: ['network', 'books', networkId],
    queryFn: ({ signal }) => call(`/v1/books/${networkId}/integrity`, { returns: IntegrityView, signal }),
  });
  return (
    <>
      <h1>
        <Trans>Books</Trans>
      </h1>
      <Fault error={error} />
      {data && <Integrity view={data} />}
      <h2>
        <Trans>Months</Trans>
      </h2>
      {data?.periods.length === 0 && (
        <Empty>
          <Trans>Nothing was booked yet.</Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {data?.periods.toReversed().map((period) => (
          <Period key={period.month} period={period} />
        ))}
      </ul>
      <TrialBalance />
      <p className="head-acts">
        <NetLink to="books/journal" className="pill">
          <Trans>Journal</Trans>
        </NetLink>
        <a className="pill" href={`/v1/books/${networkId}/exports/hledger`} download="book.journal">
          <bdi dir="ltr">hledger</bdi>
        </a>
        <a className="pill" href={`/v1/books/${networkId}/exports/beancount`} download="book.beancount">
          <bdi dir="ltr">beancount</bdi>
        </a>
      </p>
    </>
  );
}

function Integrity({ view: { lastVerification } }: { view: IntegrityView }) {
  if (!lastVerification)
    return (
      <p className="net-empty">
        <Trans>The books have not been verified yet; they verify themselves once a day.</Trans>
      </p>
    );
  const { holds, verifiedAt, entries, differences } = lastVerification;
  return (
    <>
      <p className={holds ? 'seal' : 'seal seal-broken'}>
        {holds ? <CheckCircle size={20} aria-hidden="true" /> : <XCircle size={20} aria-hidden="true" />}
        {holds ? (
          <Trans>
            <Figures>{entries}</Figures> entries verified: chain, documents, ledger and bank agree.
          </Trans>
        ) : (
          <Trans>
            <Figures>{differences.length}</Figures> differences were found.
          </Trans>
        )}{' '}
        <small>
          <Moment at={verifiedAt} />
        </small>
      </p>
      {differences.map(({ check, subject, expected, found }) => (
        <p key={`${check}${subject}`} className="net-warn">
          <bdi dir="ltr">{`${check} · ${subject}: ${expected} ≠ ${found}`}</bdi>
        </p>
      ))}
    </>
  );
}

/** Of every account, party and currency; per currency it is zero in all. */
function TrialBalance() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data, error } = useQuery({
    queryKey: ['network', 'books', networkId, 'trial-balance'],
    queryFn: ({ signal }) =>
      call(`/v1/books/${networkId}/trial-balance?limit=500`, { returns: TrialBalancePage, signal }),
  });
  if (error) return <Fault error={error} />;
  if (!data || data.items.length === 0) return null;
  const units = [...new Set(data.items.map(({ unit }) => unit))];
  return (
    <section>
      <h2>
        <Trans>Trial balance</Trans>
      </h2>
      <WideTable label={t`Trial balance`}>
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
            <th scope="col" className="es-amount-column">
              <Trans>Balance</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ account, label, party, unit, debitMinor, creditMinor, balanceMinor }) => (
            <tr key={`${account}${party.id}${unit}`}>
              <th scope="row">
                <NetLink to="books/journal" search={{ account, partyId: party.id }}>
                  <Figures>{account}</Figures> {label}
                </NetLink>
              </th>
              <td>{party.name}</td>
              <td className="es-amount-column">
                <Amount unit={unit} minor={debitMinor} />
              </td>
              <td className="es-amount-column">
                <Amount unit={unit} minor={creditMinor} />
              </td>
              <td className="es-amount-column">
                <Amount unit={unit} minor={balanceMinor} />
              </td>
            </tr>
          ))}
        </tbody>
        {data.next === null && (
          <tfoot>
            {units.map((unit) => (
              <tr key={unit}>
                <th scope="row" colSpan={4}>
                  <Trans>Control sum</Trans>
                </th>
                <td className="es-amount-column">
                  <Amount
                    unit={unit}
                    minor={data.items
                      .filter((line) => line.unit === unit)
                      .reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)}
                  />
                </td>
              </tr>
            ))}
          </tfoot>
        )}
      </WideTable>
    </section>
  );
}
