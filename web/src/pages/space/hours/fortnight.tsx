import { Plural, Trans } from '@lingui/react/macro';
import { Warning } from '@phosphor-icons/react';
import type { HoursPreviewView } from '@wire/bookings/office.schema.js';
import { Hours } from '../../../components/hours';
import { dayText } from '../../../i18n/days';

/** The next fortnight as guests will read it. */
export function Fortnight({ days }: { days: HoursPreviewView['days'] }) {
  return (
    <dl className="fortnight">
      {days.map((day) => (
        <div key={day.day} className={day.intervals.length === 0 ? 'is-closed' : ''}>
          <dt>{dayText(day.day)}</dt>
          <dd>
            <Hours day={day} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const SHOWN = 3;

/** Said before anything is saved: whom the change would hit. Their bookings stay until somebody acts. */
export function Hit({ hit }: { hit: HoursPreviewView['hit'] | undefined }) {
  if (!hit || hit.length === 0) return null;
  const bookings = hit.reduce((sum, day) => sum + day.bookings, 0);
  const days = hit.slice(0, SHOWN).map(({ day }) => dayText(day));
  return (
    <p className="hit" role="alert">
      <Warning size={20} aria-hidden="true" />
      <span>
        <Plural
          value={bookings}
          one="# booking lies in time you take away:"
          other="# bookings lie in time you take away:"
        />{' '}
        {days.join(', ')}
        {hit.length > SHOWN && ' …'} <Trans>Each guest is offered another place, or gets the day back.</Trans>
      </span>
    </p>
  );
}
