import { Plural, Trans } from '@lingui/react/macro';
import type { Booking } from '../api/mine';
import { PlaceTime } from '../components/place-time';

/** What was agreed, in sentences with the place, the hour and the consequence. */
export function TermsText({ terms, timeZone, city }: Pick<Booking, 'terms' | 'timeZone'> & { city: string }) {
  return (
    <ul className="terms-text">
      {terms.answerHours !== null && (
        <li>
          <Plural
            value={terms.answerHours}
            one="The space answers within # hour; the desk is kept for you meanwhile."
            other="The space answers within # hours; the desk is kept for you meanwhile."
          />
        </li>
      )}
      {terms.lateCancellation === 'FREE' ? (
        <li>
          <Trans>Cancelling costs nothing, whenever you do it.</Trans>
        </li>
      ) : (
        <li>
          <Trans>
            Cancel until <PlaceTime instant={terms.cancelUntil} zone={timeZone} city={city} />, and everything
            comes back.
          </Trans>
        </li>
      )}
      {terms.noShow === 'CONSUMED' && (
        <li>
          <Trans>After that, or if you do not come, it is used up.</Trans>
        </li>
      )}
    </ul>
  );
}
