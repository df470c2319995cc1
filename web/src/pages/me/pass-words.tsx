import { Plural, Trans } from '@lingui/react/macro';
import type { Pass } from '../../api/mine';
import { dayText } from '../../i18n/days';

export const LONG_DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** Half-days as days, in the words of the language. */
export function Days({ halfDays }: { halfDays: number }) {
  return <Plural value={halfDays / 2} one="# day" other="# days" />;
}

/** What happens to the days that nobody takes. */
export function Unused({ pass }: { pass: Pass }) {
  const day = dayText(pass.unused.after, LONG_DAY);
  switch (pass.unused.outcome) {
    case 'LAPSE':
      return <Trans>Days not used by {day} lapse. We write to you 14 and 3 days before.</Trans>;
    case 'ROLL_OVER':
      return <Trans>Days not used by {day} go on into the next month.</Trans>;
    case 'RETURN':
      return <Trans>Days not used by {day} go back to whoever invited you.</Trans>;
    case 'NOTHING':
      return <Trans>The pass ends on {day}. Nothing is left over.</Trans>;
  }
}

export function PassState({ state }: Pick<Pass, 'state'>) {
  switch (state) {
    case 'ISSUED':
    case 'ACTIVE':
      return <Trans>Good to use</Trans>;
    case 'PAUSED':
      return <Trans>Paused</Trans>;
    case 'EXHAUSTED':
      return <Trans>Used up</Trans>;
    case 'EXPIRED':
      return <Trans>Ended</Trans>;
    case 'REVOKED':
    case 'REFUNDED':
      return <Trans>Withdrawn</Trans>;
  }
}
