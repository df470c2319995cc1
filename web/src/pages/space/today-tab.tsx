import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { BookingPage } from '@wire/bookings/booking.schema.js';
import { OccupancyPage } from '@wire/bookings/space-days.schema.js';
import { VisitPage } from '@wire/checkin/checkin.schema.js';
import type { ReactNode } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { openDaysQuery } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { Hours } from '../../components/hours';
import { dayText, todayAt } from '../../i18n/days';
import { Requests } from './bookings/requests';
import { useOffice } from './rights';
import './bookings/bookings.css';
import './today-tab.css';

const REFRESH_MS = 30_000;
const WEEK = 7;

/** How the day stands, and what it asks of the team. */
export function TodayTab() {
  const { space } = useOffice();
  const day = todayAt(space.timeZone).toString();
  return (
    <section>
      <h1>{dayText(day, { weekday: 'long', day: 'numeric', month: 'long' })}</h1>
      <p className="office-lead">
        <TodayHours />
      </p>
      <Requests />
      <Counts day={day} />
      <Week day={day} />
    </section>
  );
}

function TodayHours() {
  const { space } = useOffice();
  const { data: days } = useQuery(openDaysQuery(space));
  const today = days?.[0];
  if (!today) return null;
  const hours = <Hours day={today} />;
  return (
    <Trans>
      Today: {hours} in {space.city}
    </Trans>
  );
}

function Counts({ day }: { day: string }) {
  const { space } = useOffice();
  const visits = useQuery({
    queryKey: ['office', space.id, 'visits', day],
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/visits?spaceId=${space.id}&day=${day}`, { returns: VisitPage }),
  });
  const bookings = useQuery({
    queryKey: ['office', space.id, 'bookings', day],
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/bookings?spaceId=${space.id}&day=${day}`, { returns: BookingPage }),
  });
  const error = visits.error ?? bookings.error;
  if (error) return <p className="form-fault">{problemText(error)}</p>;
  const here = visits.data?.items.filter(({ state }) => state === 'ACTIVE').length;
  const expected = bookings.data?.items.filter(({ state }) => state === 'RESERVED').length;
  return (
    <dl className="office-counts">
      <Count name={<Trans>here now</Trans>} count={here} />
      <Count name={<Trans>still to come</Trans>} count={expected} />
      <Count name={<Trans>came today</Trans>} count={visits.data?.items.length} />
    </dl>
  );
}

function Count({ name, count }: { name: ReactNode; count: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figures>{count ?? '·'}</Figures>
      </dd>
    </div>
  );
}

/** Desks taken at the fullest moment of each of the next days. */
function Week({ day }: { day: string }) {
  const { t } = useLingui();
  const { space } = useOffice();
  const { data, error } = useQuery({
    queryKey: ['office', space.id, 'occupancy', day],
    refetchInterval: REFRESH_MS,
    queryFn: () =>
      call(`/v1/spaces/${space.id}/occupancy?from=${day}&days=${WEEK}`, { returns: OccupancyPage }),
  });
  if (error) return <p className="form-fault">{problemText(error)}</p>;
  return (
    <div className="panel office-week">
      <h2>
        <Trans>The next seven days</Trans>
      </h2>
      <ul aria-label={t`The next seven days`}>
        {data?.items.map(({ day: date, capacity, taken }) => (
          <li key={date}>
            <span>{dayText(date)}</span>
            {capacity > 0 ? (
              <>
                <meter min={0} max={capacity} value={taken} aria-label={t`Desks taken`} />
                <Figures>{`${taken}/${capacity}`}</Figures>
              </>
            ) : (
              <em>
                <Trans>closed</Trans>
              </em>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
