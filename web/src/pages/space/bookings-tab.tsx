import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { CaretLeft, CaretRight, DownloadSimple, Printer } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BookingPage, type BookingView } from '@wire/bookings/booking.schema.js';
import { VisitPage } from '@wire/checkin/checkin.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import type { ReactNode } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { clockAt, dayText, todayAt } from '../../i18n/days';
import { bookedText } from '../../i18n/parts';
import { Contests } from './bookings/contests';
import { csvText, download } from './bookings/csv';
import { DayList, type Row } from './bookings/day-list';
import { Requests } from './bookings/requests';
import { useOffice } from './rights';
import './bookings/bookings.css';

type State = BookingView['state'];

/** Filters by what a host asks: who comes, who came, who did not. */
const SHOWS: Record<string, readonly State[]> = {
  coming: ['PENDING', 'RESERVED'],
  came: ['FULFILLED'],
  missed: ['NO_SHOW'],
  gone: ['CANCELED', 'EXPIRED', 'REJECTED'],
};

export function BookingsTab() {
  const { day, show, q } = useDaySearch();
  const { rows, error, isPending } = useDay(day);
  const wanted = rows.filter(
    ({ booking }) =>
      (SHOWS[show]?.includes(booking.state) ?? true) &&
      `${booking.guest?.firstName} ${booking.guest?.homeSpaceName}`
        .toLocaleLowerCase()
        .includes(q.toLocaleLowerCase()),
  );
  return (
    <section className="bookings-tab">
      <h1>
        <Trans>Bookings</Trans>
      </h1>
      <Requests />
      <Contests />
      <div className="panel">
        <DayHead rows={wanted} />
        <Filters rows={rows} />
        {error && <p className="form-fault">{problemText(error)}</p>}
        {wanted.length > 0 ? (
          <DayList rows={wanted} />
        ) : (
          !isPending && (
            <p className="day-empty">
              {rows.length > 0 ? (
                <Trans>Nobody fits what you look for.</Trans>
              ) : (
                <Trans>Nobody has booked this day.</Trans>
              )}
            </p>
          )
        )}
      </div>
    </section>
  );
}

function useDaySearch() {
  const { space } = useOffice();
  const search = useSearch({ from: '/page/space/$spaceId/{-$tab}' });
  const navigate = useNavigate({ from: '/space/$spaceId/{-$tab}' });
  const asked = /^\d{4}-\d{2}-\d{2}$/.test(search['day'] ?? '') ? search['day'] : undefined;
  return {
    day: asked ?? todayAt(space.timeZone).toString(),
    show: search['show'] ?? 'all',
    q: search['q'] ?? '',
    go: (next: Record<string, string | undefined>) =>
      void navigate({
        search: (before: Record<string, string | undefined>) => ({ ...before, ...next }),
        replace: true,
      }),
  };
}

function useDay(day: string): { rows: readonly Row[]; error: Error | null; isPending: boolean } {
  const { space } = useOffice();
  const bookings = useQuery({
    queryKey: ['office', space.id, 'day', day],
    queryFn: async () => {
      const items: BookingView[] = [];
      let after: string | null = null;
      do {
        const page: BookingPage = await call(
          `/v1/bookings?spaceId=${space.id}&day=${day}&limit=100${after ? `&after=${after}` : ''}`,
          { returns: BookingPage },
        );
        items.push(...page.items);
        after = page.next;
      } while (after !== null);
      return items;
    },
  });
  const visits = useQuery({
    queryKey: ['office', space.id, 'visits', day],
    queryFn: () => call(`/v1/visits?spaceId=${space.id}&day=${day}`, { returns: VisitPage }),
  });
  const rows = (bookings.data ?? [])
    .map((booking) => ({
      booking,
      visit: visits.data?.items.find(({ bookingId }) => bookingId === booking.id),
    }))
    .toSorted((a, b) => a.booking.startsAt.localeCompare(b.booking.startsAt));
  return { rows, error: bookings.error ?? visits.error, isPending: bookings.isPending };
}

function DayHead({ rows }: { rows: readonly Row[] }) {
  const { t } = useLingui();
  const { space } = useOffice();
  const { day, go } = useDaySearch();
  const step = (days: number) => go({ day: Temporal.PlainDate.from(day).add({ days }).toString() });
  const head = [t`Guest`, t`Home space`, t`Day`, t`Part of the day`, t`From`, t`Until`, t`State`];
  const save = () =>
    download(
      `${space.name} ${day}.csv`,
      csvText([
        head,
        ...rows.map(({ booking }) => [
          booking.guest?.firstName ?? '',
          booking.guest?.homeSpaceName ?? '',
          booking.day,
          bookedText(booking),
          clockAt(booking.startsAt, booking.timeZone),
          clockAt(booking.endsAt, booking.timeZone),
          booking.state,
        ]),
      ]),
    );
  return (
    <header className="day-head">
      <button
        type="button"
        className="icon-button no-print"
        aria-label={t`Day before`}
        onClick={() => step(-1)}
      >
        <CaretLeft size={20} className="mirrored" aria-hidden="true" />
      </button>
      <h2>
        {dayText(day, { weekday: 'long', day: 'numeric', month: 'long' })}
        <span className="print-only"> · {space.name}</span>
      </h2>
      <button
        type="button"
        className="icon-button no-print"
        aria-label={t`Day after`}
        onClick={() => step(1)}
      >
        <CaretRight size={20} className="mirrored" aria-hidden="true" />
      </button>
      <input
        type="date"
        className="control day-choose no-print"
        aria-label={t`Day`}
        value={day}
        onChange={({ currentTarget }) => currentTarget.value && go({ day: currentTarget.value })}
      />
      <div className="day-acts no-print">
        <Button
          variant="default"
          leftSection={<DownloadSimple size={20} aria-hidden="true" />}
          disabled={rows.length === 0}
          onClick={save}
        >
          CSV
        </Button>
        <Button
          variant="default"
          leftSection={<Printer size={20} aria-hidden="true" />}
          onClick={() => globalThis.print()}
        >
          <Trans>Print</Trans>
        </Button>
      </div>
    </header>
  );
}

function Filters({ rows }: { rows: readonly Row[] }) {
  const { t } = useLingui();
  const { show, q, go } = useDaySearch();
  const names: readonly (readonly [string, ReactNode])[] = [
    ['all', <Trans key="all">all</Trans>],
    ['coming', <Trans key="coming">to come</Trans>],
    ['came', <Trans key="came">came</Trans>],
    ['missed', <Trans key="missed">did not come</Trans>],
    ['gone', <Trans key="gone">canceled</Trans>],
  ];
  const count = (key: string) =>
    rows.filter(({ booking }) => SHOWS[key]?.includes(booking.state) ?? true).length;
  return (
    <div className="day-filters no-print">
      {names.map(([key, name]) => (
        <button
          key={key}
          type="button"
          className="pill"
          aria-pressed={show === key}
          onClick={() => go({ show: key === 'all' ? undefined : key })}
        >
          {name} {count(key)}
        </button>
      ))}
      <input
        type="search"
        className="control"
        aria-label={t`Search guests`}
        placeholder={t`Search guests`}
        value={q}
        onChange={({ currentTarget }) => go({ q: currentTarget.value || undefined })}
      />
    </div>
  );
}
