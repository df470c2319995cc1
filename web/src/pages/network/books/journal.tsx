import { Trans, useLingui } from '@lingui/react/macro';
import { X } from '@phosphor-icons/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { JournalPage } from '@wire/books/books.schema.js';
import { call } from '../../../api/call';
import { Figures } from '../../../components/figures';
import { useTitle } from '../../../shell/title';
import { NetLink, useAddress, useHere } from '../here';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Empty, WideTable } from '../parts/table';

const JOURNALS = ['VT', 'CO', 'BQ', 'OD', 'AN'] as const;
type Posting = JournalPage['items'][number];

/** Every posting in the order of the chain; filters live in the address, each line opens its entry. */
export function Journal() {
  const { t } = useLingui();
  useTitle(t`Journal`);
  const [{ journal, account, partyId }, setAddress] = useAddress();
  return (
    <>
      <p>
        <NetLink to="books">
          <Trans>Books</Trans>
        </NetLink>
      </p>
      <h1>
        <Trans>Journal</Trans>
      </h1>
      <div className="statement-views">
        {JOURNALS.map((key) => (
          <button
            key={key}
            type="button"
            className="pill"
            aria-pressed={journal === key}
            onClick={() => setAddress({ journal: journal === key ? undefined : key })}
          >
            <JournalName journal={key} />
          </button>
        ))}
        {(account ?? partyId) && (
          <button
            type="button"
            className="pill"
            onClick={() => setAddress({ account: undefined, partyId: undefined })}
          >
            <Trans>One account</Trans> <Figures>{account ?? ''}</Figures>
            <X size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      <Postings filter={{ journal, account, partyId }} />
    </>
  );
}

function JournalName({ journal }: { journal: (typeof JOURNALS)[number] }) {
  const names = {
    VT: <Trans>Documents</Trans>,
    CO: <Trans>Clearing</Trans>,
    BQ: <Trans>Bank</Trans>,
    OD: <Trans>Corrections</Trans>,
    AN: <Trans>Opening balances</Trans>,
  };
  return names[journal];
}

function Postings({ filter }: { filter: Readonly<Record<string, string | undefined>> }) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['network', 'journal', networkId, query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam && `&after=${encodeURIComponent(pageParam)}`;
      return call(`/v1/books/${networkId}/journal?${query}${after}`, { returns: JournalPage, signal });
    },
    getNextPageParam: ({ next }) => next,
  });
  const postings = data?.pages.flatMap(({ items }) => items);
  if (error) return <Fault error={error} />;
  if (!postings) return null;
  if (postings.length === 0)
    return (
      <Empty>
        <Trans>Nothing was booked yet.</Trans>
      </Empty>
    );
  return (
    <>
      <WideTable label={t`Journal`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Entry</Trans>
            </th>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            <th scope="col">
              <Trans>What</Trans>
            </th>
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
          {postings.map((posting) => (
            <PostingRow key={`${posting.entryId}${posting.line}`} posting={posting} />
          ))}
        </tbody>
      </WideTable>
      {hasNextPage && (
        <button type="button" className="text-button" onClick={() => void fetchNextPage()}>
          <Trans>Show more</Trans>
        </button>
      )}
    </>
  );
}

function PostingRow({ posting }: { posting: Posting }) {
  const { entryId, journal, number, day, label, account, accountLabel, party, amount, line } = posting;
  return (
    <tr className={line === 1 ? 'entry-first' : undefined}>
      <th scope="row">
        <NetLink to={`books/entries/${entryId}`}>
          <Figures>{`${journal} ${number}`}</Figures>
        </NetLink>
      </th>
      <td>{longDay(day)}</td>
      <td>
        <bdi>{label}</bdi>
      </td>
      <td>
        <Figures>{account}</Figures> {accountLabel}
      </td>
      <td>{party.name}</td>
      <Sides amount={amount} />
    </tr>
  );
}

/** Debits are positive, credits negative: here each has its column. */
export function Sides({ amount: { unit, minor } }: Pick<Posting, 'amount'>) {
  return (
    <>
      <td className="es-amount-column">{minor > 0 && <Amount unit={unit} minor={minor} />}</td>
      <td className="es-amount-column">{minor < 0 && <Amount unit={unit} minor={-minor} />}</td>
    </>
  );
}
