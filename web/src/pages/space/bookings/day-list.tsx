import { Trans, useLingui } from '@lingui/react/macro';
import type { BookingView } from '@wire/bookings/booking.schema.js';
import type { VisitView } from '@wire/checkin/checkin.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import { useState } from 'react';
import { serverNowMs } from '../../../api/call';
import { BookingState } from '../../../booking/booking-state';
import { Figures } from '../../../components/figures';
import { clockAt } from '../../../i18n/days';
import { bookedText } from '../../../i18n/parts';
import { useOffice } from '../rights';
import { ContestAnswer } from './contests';
import { Correct } from './correct';
import { Presence } from './presence';

export type Row = { readonly booking: BookingView; readonly visit: VisitView | undefined };

/** A day's guests, for the screen and for paper. */
export function DayList({ rows }: { rows: readonly Row[] }) {
  const { t } = useLingui();
  return (
    <div className="day-table" tabIndex={0} role="region" aria-label={t`Bookings of the day`}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Guest</Trans>
            </th>
            <th scope="col">
              <Trans>From</Trans>
            </th>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col">
              <Trans>Here</Trans>
            </th>
            <th scope="col">
              <Trans>State</Trans>
            </th>
            <th scope="col" className="no-print">
              <span className="visually-hidden">
                <Trans>What can be done</Trans>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Guest key={row.booking.id} {...row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A day after its own, no visit is made of a no-show any more: what it cost can be given back. */
function isSealed({ day, timeZone }: BookingView): boolean {
  const sealsAt = Temporal.PlainDate.from(day).add({ days: 2 }).toZonedDateTime(timeZone);
  return sealsAt.epochMilliseconds <= serverNowMs();
}

function Guest({ booking, visit }: Row) {
  const { isManager } = useOffice();
  const [isCorrecting, setCorrecting] = useState(false);
  const isMissed = booking.state === 'NO_SHOW';
  const isOpen = visit !== undefined && ['ACTIVE', 'COMPLETED'].includes(visit.state);
  const isCostly = booking.fee !== null && booking.fee.halfDays + booking.fee.amount.minor > 0;
  const mayCorrect = isManager && ((isMissed && (isCostly || !isSealed(booking))) || isOpen);
  const at = (instant: string) => clockAt(instant, booking.timeZone);
  return (
    <>
      <tr>
        <th scope="row">{booking.guest?.firstName ?? '…'}</th>
        <td>{booking.guest?.homeSpaceName}</td>
        <td>
          {bookedText(booking)}{' '}
          <small>
            <Figures>{`${at(booking.startsAt)}–${at(booking.endsAt)}`}</Figures>
          </small>
        </td>
        <td>
          {visit && visit.state !== 'INVALID' && (
            <Figures>{`${at(visit.startedAt)}–${visit.completedAt ? at(visit.completedAt) : ''}`}</Figures>
          )}
        </td>
        <td>
          <BookingState booking={booking} />
          {visit?.state === 'INVALID' && (
            <small>
              <Trans>taken back</Trans>
            </small>
          )}
        </td>
        <td className="no-print">
          {mayCorrect && !isCorrecting && (
            <button type="button" className="pill" onClick={() => setCorrecting(true)}>
              <Trans>Correct</Trans>
            </button>
          )}
          {visit?.state === 'SEALED' && (
            <small>
              <Trans>sealed</Trans>
            </small>
          )}
        </td>
      </tr>
      {isCorrecting && mayCorrect && (
        <tr>
          <td colSpan={6}>
            {isMissed && isSealed(booking) ? (
              <ContestAnswer bookingId={booking.id} isContested={false} onDone={() => setCorrecting(false)} />
            ) : isMissed || !visit ? (
              <Presence bookingId={booking.id} onDone={() => setCorrecting(false)} />
            ) : (
              <Correct visit={visit} onDone={() => setCorrecting(false)} />
            )}
          </td>
        </tr>
      )}
    </>
  );
}
