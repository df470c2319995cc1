import { Plural, Trans } from '@lingui/react/macro';

/** Half-days are counted, days are said: "half a day", "3 days". */
export function DaysText({ halfDays }: { halfDays: number }) {
  if (halfDays === 1) return <Trans>half a day</Trans>;
  return <Plural value={halfDays / 2} one="# day" other="# days" />;
}
