import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { BookingView } from '@wire/bookings/booking.schema.js';
import { OccupancyPage } from '@wire/bookings/space-days.schema.js';
import type { VisitView } from '@wire/checkin/checkin.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import { call } from '../../api/call';
import { Figures } from '../../components/figures';
import { useDesk } from './desk-context';

const FIRST_HOUR = 7;
const HOURS = 15;
const HALF_HOUR = { minutes: 30 };

interface Day {
  readonly day: string;
  readonly here: number;
  readonly visits: readonly VisitView[];
  readonly expected: readonly BookingView[];
}

/** How full it is now, and hour by hour as far as bookings tell. */
export function Occupancy({ day, here, visits, expected }: Day) {
  const { t } = useLingui();
  const { space, token } = useDesk();
  const { data } = useQuery({
    queryKey: ['desk', 'occupancy', space.id, day],
    meta: { offline: true },
    queryFn: () =>
      call(`/v1/spaces/${space.id}/occupancy?from=${day}&days=1`, {
        returns: OccupancyPage,
        ...(token ? { token } : {}),
      }),
  });
  const capacity = data?.items[0]?.capacity ?? 0;
  const hours = Array.from({ length: HOURS }, (_, index) => FIRST_HOUR + index);
  const taken = hours.map((hour) => takenAt(middleOf(day, hour, space.timeZone), visits, expected));
  const fullest = Math.max(1, capacity, ...taken);
  const seats = <Figures>{capacity}</Figures>;
  return (
    <section className="occupancy" aria-label={t`Occupancy`}>
      <p className="occupancy-now">
        <strong>
          <Figures>{here}</Figures>
        </strong>
        <span>
          <Trans>here now, of {seats} desks</Trans>
        </span>
      </p>
      <ol className="occupancy-hours" aria-label={t`Desks taken, hour by hour`}>
        {hours.map((hour, index) => (
          <li key={hour} aria-label={t`${hour}:00: ${taken[index]!}`}>
            <meter min={0} max={fullest} value={taken[index]} aria-hidden="true" />
            {hour % 3 === 0 && <Figures>{hour}</Figures>}
          </li>
        ))}
      </ol>
    </section>
  );
}

type Moment = ReturnType<typeof Temporal.Instant.from>;

function middleOf(day: string, hour: number, timeZone: string): Moment {
  const plainTime = Temporal.PlainTime.from({ hour });
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime }).toInstant().add(HALF_HOUR);
}

function takenAt(moment: Moment, visits: readonly VisitView[], expected: readonly BookingView[]): number {
  const covers = (from: string, until: string) =>
    Temporal.Instant.compare(moment, Temporal.Instant.from(from).subtract(HALF_HOUR)) >= 0 &&
    Temporal.Instant.compare(moment, until) < 0;
  const present = visits.filter(
    ({ state, startedAt, completedAt, closesAt }) =>
      state !== 'INVALID' && covers(startedAt, completedAt ?? closesAt),
  );
  return present.length + expected.filter(({ startsAt, endsAt }) => covers(startsAt, endsAt)).length;
}
