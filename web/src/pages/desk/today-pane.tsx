import { Trans, useLingui } from '@lingui/react/macro';
import { SignOut } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { VisitPage, type VisitView } from '@wire/checkin/checkin.schema.js';
import { BookingPage } from '@wire/bookings/booking.schema.js';
import { call } from '../../api/call';
import type { Space } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { pairDoor } from '../../door/paired-door';
import { clockAt, dayText, todayAt } from '../../i18n/days';
import { LanguageSelect, SchemeButton } from '../../shell/look-controls';

const REFRESH_MS = 20_000;

export function TodayPane({ space, token }: { space: Space; token: string | undefined }) {
  const { t } = useLingui();
  const day = todayAt(space.timeZone).toString();
  const { visits, expected } = useToday(space.id, day, token);
  const here = visits.filter(({ state }) => state === 'ACTIVE');
  return (
    <aside className="today" aria-label={t`Today`}>
      <h2 className="today-head">
        <Trans>Today, {dayText(day, { day: 'numeric', month: 'short' })}</Trans>
      </h2>
      <dl className="today-counts">
        <div>
          <dt>
            <Trans>here now</Trans>
          </dt>
          <dd>
            <Figures>{here.length}</Figures>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>still to come</Trans>
          </dt>
          <dd>
            <Figures>{expected}</Figures>
          </dd>
        </div>
      </dl>
      {visits.length === 0 ? (
        <p className="today-empty">
          <Trans>Nobody has come in yet today.</Trans>
        </p>
      ) : (
        <ul className="today-list" tabIndex={0} aria-label={t`Who is here`}>
          {visits.map((visit) => (
            <Row key={visit.id} visit={visit} timeZone={space.timeZone} />
          ))}
        </ul>
      )}
      <footer className="today-foot">
        <LanguageSelect />
        <SchemeButton />
        <Link
          to="/space"
          className="icon-button"
          aria-label={t`Leave the door`}
          onClick={() => void pairDoor(null)}
        >
          <SignOut size={20} className="mirrored" aria-hidden="true" />
        </Link>
      </footer>
    </aside>
  );
}

/** Kept on the device, so that the list of the morning is there when the network is not. */
function useToday(spaceId: string, day: string, token: string | undefined) {
  const as = token ? { token } : {};
  const visits = useQuery({
    queryKey: ['desk', 'visits', spaceId, day],
    meta: { offline: true },
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/visits?spaceId=${spaceId}&day=${day}`, { returns: VisitPage, ...as }),
  });
  const bookings = useQuery({
    queryKey: ['desk', 'bookings', spaceId, day],
    meta: { offline: true },
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/bookings?spaceId=${spaceId}&day=${day}`, { returns: BookingPage, ...as }),
  });
  return {
    visits: visits.data?.items.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)) ?? [],
    expected: bookings.data?.items.filter(({ state }) => state === 'RESERVED').length ?? 0,
  };
}

function Row({ visit, timeZone }: { visit: VisitView; timeZone: string }) {
  const at = <Figures>{clockAt(visit.completedAt ?? visit.startedAt, timeZone)}</Figures>;
  return (
    <li>
      <span>
        <strong>{visit.guest?.firstName ?? '…'}</strong>
        <small>{visit.guest?.homeSpaceName}</small>
      </span>
      <span className={visit.completedAt ? 'today-left' : 'today-in'}>
        {visit.completedAt ? <Trans>left {at}</Trans> : <Trans>in {at}</Trans>}
      </span>
    </li>
  );
}
