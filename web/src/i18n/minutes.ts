import { intlTag } from './activate';

const MINUTES_PER_HOUR = 60;

/** "30 min", "1 h", "1 h 30 min": in the digits and words of the language. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  const rest = minutes % MINUTES_PER_HOUR;
  const parts = [
    ...(hours > 0 ? [unitText(hours, 'hour')] : []),
    ...(rest > 0 || hours === 0 ? [unitText(rest, 'minute')] : []),
  ];
  return parts.join(' ');
}

function unitText(value: number, unit: 'hour' | 'minute'): string {
  return new Intl.NumberFormat(intlTag(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
