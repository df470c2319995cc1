import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { UsageView } from '@wire/settlement/usage.schema.js';
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { useAddress, useHere } from './here';
import { Fault } from './parts/act';
import { Drawer } from './parts/drawer';
import { Amount, longDay } from './parts/net';
import { DaysOf, RecordOrigin } from './parts/record';
import { Empty } from './parts/table';
import { useUsage, useUsageTotals } from './parts/visits';
import { UsageFilters } from './usage/filters';
import { filterOf } from './usage/filter.rules';
import { UsageTools } from './usage/tools';
import { evidenceText, reviewState } from './words';

const PAGE_SIZE = 500;
const ROW_HEIGHT = 44;
const OVERSCAN = 12;
const AHEAD = 60;

/** All visits the network settles. Filters live in the address; j and k go, Enter opens, / goes to the filters. */
export function UsagePage() {
  const { t } = useLingui();
  useTitle(t`Usage`);
  const { networkId } = useHere();
  const [search, setAddress] = useAddress();
  const filter = filterOf(networkId, search);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useUsage(filter, PAGE_SIZE);
  const visits = data?.pages.flatMap(({ items }) => items) ?? [];
  const opened = visits.find(({ recordId }) => recordId === search['record']);
  return (
    <>
      <h1>
        <Trans>Usage</Trans>
      </h1>
      <UsageFilters />
      <Sums filter={filter} />
      <UsageTools filter={filter} />
      <Fault error={error} />
      {data && visits.length === 0 && (
        <Empty>
          <Trans>No visit fits these filters.</Trans>
        </Empty>
      )}
      {visits.length > 0 && (
        <Rows
          visits={visits}
          onEnd={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()}
          onOpen={(record) => setAddress({ record }, { isNewPlace: true })}
        />
      )}
      {opened && (
        <Drawer
          title={
            <Trans>
              {opened.debtor.name} to {opened.host.name}
            </Trans>
          }
          onClose={() => setAddress({ record: undefined })}
        >
          <RecordOrigin recordId={opened.recordId} agreementId={opened.agreement.id} />
        </Drawer>
      )}
    </>
  );
}

function Sums({ filter }: { filter: Readonly<Record<string, string>> }) {
  const { data } = useUsageTotals(filter);
  return (
    <p className="control-sum" role="status">
      <Trans>Control sum</Trans>{' '}
      {data?.items.map(({ unit, records, halfDays, amountMinor }) => (
        <span key={unit}>
          <strong>
            <Amount unit={unit} minor={amountMinor} />
          </strong>
          {' · '}
          <Trans>
            <Figures>{records}</Figures> visits
          </Trans>
          {' · '}
          <DaysOf halfDays={halfDays} />{' '}
        </span>
      ))}
      {data?.items.length === 0 && <Figures>0</Figures>}
    </p>
  );
}

type RowsProps = {
  readonly visits: readonly UsageView[];
  readonly onEnd: () => void;
  readonly onOpen: (recordId: string) => void;
};

/** Only the rows in sight are drawn; the browser's own scrolling stays. */
function Rows({ visits, onEnd, onOpen }: RowsProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: visits.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last > visits.length - AHEAD) onEnd();
  }, [last, visits.length, onEnd]);
  const go = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (by === 0) return;
    const at = Number((document.activeElement as HTMLElement | null)?.dataset['row'] ?? -by);
    const next = Math.min(Math.max(at + by, 0), visits.length - 1);
    rows.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  return (
    <div
      ref={box}
      className="usage-rows"
      role="table"
      aria-label={t`Visits`}
      aria-rowcount={visits.length}
      tabIndex={0}
      onKeyDown={go}
    >
      <div role="rowgroup" className="usage-head">
        <div role="row" className="usage-row">
          {[t`Day`, t`Debtor`, t`Host`, t`Days`, t`Evidence`, t`State`, t`Amount`].map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="usage-body"
        style={{ '--height': `${rows.getTotalSize()}px` } as CSSProperties}
      >
        {items.map(({ index, start }) => (
          <Row key={index} visit={visits[index]!} index={index} start={start} onOpen={onOpen} />
        ))}
      </div>
    </div>
  );
}

function Row({
  visit,
  index,
  start,
  onOpen,
}: {
  visit: UsageView;
  index: number;
  start: number;
  onOpen: (recordId: string) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      data-row={index}
      tabIndex={-1}
      className="usage-row"
      style={{ '--start': `${start}px` } as CSSProperties}
      onClick={() => onOpen(visit.recordId)}
      onKeyDown={({ key }) => key === 'Enter' && onOpen(visit.recordId)}
    >
      <span role="cell">{longDay(visit.day)}</span>
      <span role="cell">{visit.debtor.name}</span>
      <span role="cell">{visit.host.name}</span>
      <span role="cell">
        <DaysOf halfDays={visit.halfDays} />
      </span>
      <span role="cell" title={evidenceText(visit.evidence)}>
        {visit.evidence}
      </span>
      <span role="cell">
        {visit.window ? (
          <Trans>
            window <Figures>{visit.window.number}</Figures>
          </Trans>
        ) : (
          reviewState(visit.state)
        )}
      </span>
      <span role="cell" className="es-amount-column">
        <Amount {...visit.amount} />
      </span>
    </div>
  );
}
