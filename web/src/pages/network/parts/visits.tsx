import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UsagePage, UsageTotalsPage, type UsageView } from '@wire/settlement/usage.schema.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { Figures } from '../../../components/figures';
import { Amount, longDay } from './net';
import { DaysOf, RecordOrigin } from './record';
import { Fault } from './act';
import { Empty } from './table';

export type UsageFilter = Readonly<Record<string, string>>;

const queryText = (filter: UsageFilter) => new URLSearchParams(filter).toString();

export function useUsage(filter: UsageFilter, limit: number) {
  return useInfiniteQuery({
    queryKey: ['network', 'usage', filter, limit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `&after=${pageParam}`;
      return call(`/v1/usage-records?${queryText(filter)}&limit=${limit}${after}`, {
        returns: UsagePage,
        signal,
      });
    },
    getNextPageParam: ({ next }) => next,
  });
}

export function useUsageTotals(filter: UsageFilter) {
  return useQuery({
    queryKey: ['network', 'usage-totals', filter],
    queryFn: ({ signal }) =>
      call(`/v1/usage-totals?${queryText(filter)}`, { returns: UsageTotalsPage, signal }),
  });
}

const PAGE_SIZE = 100;

/** The visits behind a number; each opens to its scan, clause and rate. */
export function VisitsBehind({ filter }: { filter: UsageFilter }) {
  const { data, error, hasNextPage, fetchNextPage, isPending } = useUsage(filter, PAGE_SIZE);
  const totals = useUsageTotals(filter);
  if (error) return <Fault error={error} />;
  if (isPending) return <div className="origin-wait" aria-hidden="true" />;
  const visits = data.pages.flatMap(({ items }) => items);
  if (visits.length === 0)
    return (
      <Empty>
        <Trans>No visit stands behind this number.</Trans>
      </Empty>
    );
  return (
    <>
      <ul className="visit-list">
        {visits.map((visit) => (
          <Visit key={visit.recordId} visit={visit} isOpenAtFirst={visits.length === 1} />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="text-button" onClick={() => void fetchNextPage()}>
          <Trans>Show more</Trans>
        </button>
      )}
      <p className="control-sum">
        <Trans>Control sum</Trans>{' '}
        {totals.data?.items.map(({ unit, amountMinor, records }) => (
          <span key={unit}>
            <strong>
              <Amount unit={unit} minor={amountMinor} />
            </strong>{' '}
            (<Figures>{records}</Figures>)
          </span>
        ))}
      </p>
    </>
  );
}

function Visit({ visit, isOpenAtFirst }: { visit: UsageView; isOpenAtFirst: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <li>
      <button type="button" className="visit-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{longDay(visit.day)}</span>
        <span>
          {visit.debtor.name} → {visit.host.name}
        </span>
        <DaysOf halfDays={visit.halfDays} />
        <Amount {...visit.amount} />
      </button>
      {isOpen && <RecordOrigin recordId={visit.recordId} agreementId={visit.agreement.id} />}
    </li>
  );
}
