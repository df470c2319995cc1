import { Trans } from '@lingui/react/macro';
import type { OpenDay } from '../api/spaces';
import { Figures } from './figures';

/** The hours of one day, or why there are none. */
export function Hours({ day }: { day: OpenDay }) {
  if (day.intervals.length > 0) {
    return (
      <Figures>
        {day.intervals
          .map(({ from, until }) => `${from.slice(0, 5)}–${until?.slice(0, 5) ?? '24:00'}`)
          .join(', ')}
      </Figures>
    );
  }
  switch (day.closedBecause) {
    case 'holiday':
      return <Trans>closed, public holiday</Trans>;
    case 'exception':
      return <Trans>closed on this day</Trans>;
    case 'weekly':
    case null:
      return <Trans>closed</Trans>;
  }
}
