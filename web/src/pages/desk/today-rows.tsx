import { Trans, useLingui } from '@lingui/react/macro';
import { Check, DotsThreeVertical } from '@phosphor-icons/react';
import { ScanView, VisitView } from '@wire/checkin/checkin.schema.js';
import { BookingView } from '@wire/bookings/booking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { lazy, Suspense, useEffect, useState } from 'react';
import { serverNowMs } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { Money } from '../../components/money';
import { minutesText } from '../../i18n/minutes';
import { Figures } from '../../components/figures';
import { reasonSentence } from '../../door/reason-text';
import { clockAt } from '../../i18n/days';
import { useDesk, useDeskAct } from './desk-context';
import { UndoButton } from './verdict-actions';

const UNDO_MS = 10_000;
const IncidentDialog = lazy(() => import('./incident-dialog').then((m) => ({ default: m.IncidentDialog })));

/** Somebody who booked: ticked when they come without a code, or their desk freed when they do not. */
export function ExpectedRow({ booking }: { booking: BookingView }) {
  const { space } = useDesk();
  const { t } = useLingui();
  const name = booking.guest?.firstName ?? '…';
  const [id, renew] = useState(newId);
  const tick = useDeskAct(
    () => ({
      path: `/v1/hand-check-ins/${id}`,
      body: { spaceId: space.id, guest: { bookingId: booking.id } },
      returns: ScanView,
    }),
    () => renew(newId()),
  );
  const refused = tick.data?.state === 'REFUSED' ? tick.data.reason : null;
  return (
    <li>
      <span className="today-who">
        <strong>{name}</strong>
        <small>{booking.guest?.homeSpaceName}</small>
      </span>
      <span className="today-when">
        <Figures>{clockAt(booking.startsAt, space.timeZone)}</Figures>
      </span>
      <span className="today-acts">
        <FreeDesk booking={booking} />
        <button
          type="button"
          className="today-tick"
          aria-label={t`Check ${name} in by hand`}
          disabled={tick.isPending}
          onClick={() => tick.mutate()}
        >
          <Check size={22} weight="bold" aria-hidden="true" />
        </button>
      </span>
      {(refused ?? tick.error) && (
        <small className="desk-fault" role="alert">
          {refused ? reasonSentence(refused) : problemText(tick.error)}
        </small>
      )}
    </li>
  );
}

/** The host cancels, so it costs the guest nothing. A tablet that nobody is signed in on may not. */
function FreeDesk({ booking }: { booking: BookingView }) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const free = useDeskAct(() => ({
    path: `/v1/bookings/${booking.id}/cancellation`,
    body: { reason: t`Nobody came; the desk was freed.` },
    returns: BookingView,
    asPerson: true,
  }));
  const isLate = Temporal.Instant.from(booking.startsAt).epochMilliseconds < serverNowMs();
  if (!session || !isLate) return null;
  return (
    <button type="button" className="text-button" disabled={free.isPending} onClick={() => free.mutate()}>
      {free.error ? problemText(free.error) : <Trans>Free the desk</Trans>}
    </button>
  );
}

export function VisitRow({ visit }: { visit: VisitView }) {
  const { space } = useDesk();
  const at = <Figures>{clockAt(visit.completedAt ?? visit.startedAt, space.timeZone)}</Figures>;
  return (
    <li>
      <span className="today-who">
        <strong>{visit.guest?.firstName ?? '…'}</strong>
        <small>{visit.guest?.homeSpaceName}</small>
      </span>
      {visit.state === 'INVALID' ? (
        <span className="today-left">
          <Trans>undone</Trans>
        </span>
      ) : (
        <span className={visit.completedAt ? 'today-left' : 'today-in'}>
          {visit.completedAt ? <Trans>left {at}</Trans> : <Trans>in {at}</Trans>}
          {visit.overstay && <Late {...visit.overstay} />}
        </span>
      )}
      {visit.state !== 'INVALID' && <VisitActs visit={visit} />}
    </li>
  );
}

/** What staying longer adds, so that it is said to the guest who stands there. */
function Late({ minutes, amount }: NonNullable<VisitView['overstay']>) {
  const price = <Money amount={amount} />;
  const late = minutesText(minutes);
  return (
    <>
      {' · '}
      <Trans>
        {late} longer: {price}
      </Trans>
    </>
  );
}

function VisitActs({ visit }: { visit: VisitView }) {
  const { t } = useLingui();
  const [isTelling, setTelling] = useState(false);
  const isFresh = useFresh(visit);
  const name = visit.guest?.firstName ?? '…';
  const leave = useDeskAct(() => ({ path: `/v1/visits/${visit.id}/check-out`, returns: VisitView }));
  return (
    <span className="today-acts">
      {isFresh && <UndoButton visitId={visit.id} className="text-button" />}
      {visit.state === 'ACTIVE' && !isFresh && (
        <button
          type="button"
          className="text-button"
          aria-label={t`Check out ${name}`}
          disabled={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {leave.error ? problemText(leave.error) : <Trans>Check out</Trans>}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t`Report an incident about ${name}`}
        onClick={() => setTelling(true)}
      >
        <DotsThreeVertical size={20} weight="bold" aria-hidden="true" />
      </button>
      {isTelling && (
        <Suspense fallback={null}>
          <IncidentDialog visitId={visit.id} onClose={() => setTelling(false)} />
        </Suspense>
      )}
    </span>
  );
}

/** For ten seconds after they came in; the next guest may be on the screen already. */
function useFresh({ state, startedAt }: VisitView): boolean {
  const leftMs = Temporal.Instant.from(startedAt).epochMilliseconds + UNDO_MS - serverNowMs();
  const isFresh = state === 'ACTIVE' && leftMs > 0;
  const [, look] = useState(0);
  useEffect(() => {
    if (!isFresh) return;
    const timer = setTimeout(() => look((times) => times + 1), leftMs + 50);
    return () => clearTimeout(timer);
  });
  return isFresh;
}
