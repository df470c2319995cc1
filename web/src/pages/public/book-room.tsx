import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { useRef, useState, type ReactNode } from 'react';
import type { RoomWish } from '../../api/booking';
import { problemText } from '../../api/problem-text';
import { halfHoursQuery, type ByTimeKind, type RoomDay } from '../../api/rooms';
import { useSession } from '../../api/session';
import type { Space } from '../../api/spaces';
import { endsOf, startsOf } from '../../booking/half-hours.rules';
import { todayAt } from '../../i18n/days';
import { Offer } from './offer';
import './book-room.css';

const HORIZON_DAYS = 180;
const KINDS: readonly ByTimeKind[] = ['meeting_room', 'machine_time'];

/** Rooms and machines, from one half-hour until another: what is free is seen before the terms, the terms before booking. */
export function BookRoom({ space }: { space: SpaceView }) {
  const kinds = KINDS.filter((kind) => space.pools.some(({ resourceKind }) => resourceKind === kind));
  return kinds.map((kind) => <ByTime key={kind} space={space} kind={kind} />);
}

function ByTime({ space, kind }: { space: Space; kind: ByTimeKind }) {
  const today = todayAt(space.timeZone);
  const [day, setDay] = useState(today.toString());
  const { data: rooms, error } = useQuery(halfHoursQuery(space, kind, day));
  const [wished, setRoom] = useState<string>();
  const room = rooms?.find(({ poolId }) => poolId === wished) ?? rooms?.[0];
  return (
    <section className="book book-room">
      <h2>
        {kind === 'meeting_room' ? (
          <Trans>Rooms by the half-hour</Trans>
        ) : (
          <Trans>Machines by the half-hour</Trans>
        )}
      </h2>
      <label className="book-room-day">
        <Trans>Day</Trans>
        <input
          type="date"
          className="control"
          required
          value={day}
          min={today.toString()}
          max={today.add({ days: HORIZON_DAYS }).toString()}
          onChange={({ target }) => target.value && setDay(target.value)}
        />
      </label>
      {error && <p className="form-fault">{problemText(error)}</p>}
      {rooms && !room && (
        <p className="space-note">
          <Trans>Nothing is open on that day. Choose another one.</Trans>
        </p>
      )}
      {rooms && rooms.length > 1 && room && (
        <div className="part-choice">
          {rooms.map(({ poolId, name }) => (
            <button
              key={poolId}
              type="button"
              className="pill"
              aria-pressed={poolId === room.poolId}
              onClick={() => setRoom(poolId)}
            >
              <bdi>{name}</bdi>
            </button>
          ))}
        </div>
      )}
      {room && <Times key={`${day} ${room.poolId}`} room={room} day={day} space={space} />}
    </section>
  );
}

function Times({ room, day, space }: { room: RoomDay; day: string; space: Space }) {
  const [from, setFrom] = useState<string>();
  const [until, setUntil] = useState<string>();
  const starts = startsOf(room.halfHours);
  const ends = from === undefined ? [] : endsOf(room.halfHours, from);
  // An end that the new beginning does not reach gives way to the first that it does.
  const end = until !== undefined && ends.includes(until) ? until : ends[0];
  // Once it is booked it is no longer free: what was chosen stays in sight, with what became of it.
  const wish = useRef<RoomWish>(undefined);
  if (from && end) wish.current = { poolId: room.poolId, day, from, until: end };
  return (
    <>
      <Bar room={room} from={from} until={end} />
      <div className="book-room-times">
        <Time label={<Trans>From</Trans>} value={from} times={starts} onChoose={setFrom} />
        <Time label={<Trans>Until</Trans>} value={end} times={ends} onChoose={setUntil} />
      </div>
      {starts.length === 0 && (
        <p className="space-note">
          <Trans>Everything is taken on that day. Choose another one.</Trans>
        </p>
      )}
      {wish.current && <Terms wish={wish.current} space={space} />}
    </>
  );
}

function Terms({ wish, space }: { wish: RoomWish; space: Space }) {
  const { data: session } = useSession();
  const { href } = useLocation();
  if (session) return <Offer key={`${wish.from} ${wish.until}`} wish={wish} space={space} />;
  return (
    <p className="offer">
      <Link to="/sign-in" search={{ next: href }}>
        <Trans>Sign in to see who pays and on what terms, and to book.</Trans>
      </Link>
    </p>
  );
}

function Time({
  label,
  value,
  times,
  onChoose,
}: {
  label: ReactNode;
  value: string | undefined;
  times: readonly string[];
  onChoose: (time: string) => void;
}) {
  return (
    <label>
      {label}
      <select
        className="control"
        value={value ?? ''}
        disabled={times.length === 0}
        onChange={({ target }) => onChoose(target.value)}
      >
        {value === undefined && <option value="">--:--</option>}
        {times.map((time) => (
          <option key={time}>{time}</option>
        ))}
      </select>
    </label>
  );
}

/** The day at a glance; the two lists beside it say the same to whoever does not see it. */
function Bar({ room, from, until }: { room: RoomDay; from: string | undefined; until: string | undefined }) {
  const { t } = useLingui();
  const isChosen = (time: string) =>
    from !== undefined && until !== undefined && from <= time && time < until;
  return (
    <div className="half-hours" role="img" aria-label={t`Free half-hours of ${room.name}`}>
      {room.halfHours.map((each) => (
        <span
          key={each.from}
          data-state={isChosen(each.from) ? 'chosen' : each.free > 0 ? 'free' : 'taken'}
          data-hour={each.from.endsWith(':00') ? each.from.slice(0, 2) : undefined}
        />
      ))}
    </div>
  );
}
