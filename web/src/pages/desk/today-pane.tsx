import { Trans, useLingui } from '@lingui/react/macro';
import { DeviceTablet, SignOut, UserPlus } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { VisitPage } from '@wire/checkin/checkin.schema.js';
import { BookingPage } from '@wire/bookings/booking.schema.js';
import { lazy, Suspense, useState } from 'react';
import { call } from '../../api/call';
import { Figures } from '../../components/figures';
import { pairDoor } from '../../door/paired-door';
import { dayText, todayAt } from '../../i18n/days';
import { useWakeLock } from '../../pass/wake-lock';
import { LanguageSelect, SchemeButton } from '../../shell/look-controls';
import { useDesk } from './desk-context';
import { Occupancy } from './occupancy';
import { ExpectedRow, VisitRow } from './today-rows';
import { clockOf, searched } from './today-list';
import './today-pane.css';

const REFRESH_MS = 10_000;
const WalkInDialog = lazy(() => import('./walk-in-dialog').then((m) => ({ default: m.WalkInDialog })));
const DeviceDialog = lazy(() => import('./device-dialog').then((m) => ({ default: m.DeviceDialog })));

export function TodayPane() {
  const { t } = useLingui();
  const { space } = useDesk();
  useWakeLock();
  const day = todayAt(space.timeZone).toString();
  const today = useToday(day);
  const [wanted, setWanted] = useState('');
  const expected = searched(today.expected, wanted);
  const visits = searched(today.visits, wanted);
  return (
    <aside className="today" aria-label={t`Today`}>
      <header className="today-top">
        <h2 className="today-head">
          <Trans>Today, {dayText(day, { day: 'numeric', month: 'short' })}</Trans>
        </h2>
        <ListAge atMs={today.atMs} timeZone={space.timeZone} />
      </header>
      <Occupancy day={day} here={today.here} visits={today.visits} expected={today.expected} />
      <div className="today-tools">
        <input
          type="search"
          className="today-search"
          aria-label={t`Find a guest of today`}
          placeholder={t`First name`}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <WalkIn />
      </div>
      <div className="today-scroll" tabIndex={0} role="region" aria-label={t`Guests of today`}>
        {expected.length > 0 && (
          <section>
            <h3 className="today-group">
              <Trans>Still to come</Trans> <Figures>{expected.length}</Figures>
            </h3>
            <ul className="today-list" aria-label={t`Still to come`}>
              {expected.map((booking) => (
                <ExpectedRow key={booking.id} booking={booking} />
              ))}
            </ul>
          </section>
        )}
        {visits.length > 0 && (
          <section>
            <h3 className="today-group">
              <Trans>Came in</Trans> <Figures>{visits.length}</Figures>
            </h3>
            <ul className="today-list" aria-label={t`Who is here`}>
              {visits.map((visit) => (
                <VisitRow key={visit.id} visit={visit} />
              ))}
            </ul>
          </section>
        )}
        {expected.length + visits.length === 0 && (
          <p className="today-empty">
            {wanted ? (
              <Trans>Nobody of that name is on today's list. Look them up by their address.</Trans>
            ) : (
              <Trans>Nobody has come in yet today.</Trans>
            )}
          </p>
        )}
      </div>
      <Foot atMs={today.atMs} />
    </aside>
  );
}

function ListAge({ atMs, timeZone }: { atMs: number; timeZone: string }) {
  if (atMs === 0) return null;
  const clock = <Figures>{clockOf(atMs, timeZone)}</Figures>;
  return (
    <p className="today-age">
      <Trans>list from {clock}</Trans>
    </p>
  );
}

function WalkIn() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="pill pill-strong" onClick={() => setOpen(true)}>
        <UserPlus size={20} aria-hidden="true" />
        <Trans>By hand</Trans>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <WalkInDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Foot({ atMs }: { atMs: number }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <footer className="today-foot">
      <LanguageSelect />
      <SchemeButton />
      <button type="button" className="icon-button" aria-label={t`This tablet`} onClick={() => setOpen(true)}>
        <DeviceTablet size={20} aria-hidden="true" />
      </button>
      <Link
        to="/space"
        className="icon-button"
        aria-label={t`Leave the door`}
        onClick={() => void pairDoor(null)}
      >
        <SignOut size={20} className="mirrored" aria-hidden="true" />
      </Link>
      {isOpen && (
        <Suspense fallback={null}>
          <DeviceDialog listAtMs={atMs} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </footer>
  );
}

/** Kept on the device, so that the list of the morning is there when the network is not. */
function useToday(day: string) {
  const { space, token } = useDesk();
  const as = token ? { token } : {};
  const visits = useQuery({
    queryKey: ['desk', 'visits', space.id, day],
    meta: { offline: true },
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/visits?spaceId=${space.id}&day=${day}`, { returns: VisitPage, ...as }),
  });
  const bookings = useQuery({
    queryKey: ['desk', 'bookings', space.id, day],
    meta: { offline: true },
    refetchInterval: REFRESH_MS,
    queryFn: () =>
      call(`/v1/bookings?spaceId=${space.id}&day=${day}&limit=100`, { returns: BookingPage, ...as }),
  });
  const came = visits.data?.items.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)) ?? [];
  const booked = bookings.data?.items.filter(({ state }) => state === 'RESERVED') ?? [];
  return {
    visits: came,
    here: came.filter(({ state }) => state === 'ACTIVE').length,
    expected: booked.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)),
    atMs: Math.min(visits.dataUpdatedAt, bookings.dataUpdatedAt),
  };
}
