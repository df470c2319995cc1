/**
 * The border to libraries that think in `Date`. They read its local fields, so their answers would depend
 * on the zone of the process and break in the hour that zone skips in spring. Inside `inWallTime` a Date
 * is a bare wall time: its local fields are its UTC fields, and no hour is ever skipped or repeated.
 */
const MINUTE_MS = 60_000;

/** Getters and setters that have a UTC twin: getHours and getUTCHours, setMonth and setUTCMonth … */
const LOCAL_FIELDS = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];

class WallDate extends Date {
  constructor(...fields: number[]) {
    super(...((fields.length > 1 ? [utc(fields)] : fields) as []));
  }

  override getTimezoneOffset(): number {
    return 0;
  }
}

for (const name of LOCAL_FIELDS.flatMap((field) => [`get${field}`, `set${field}`])) {
  const twin = Reflect.get(Date.prototype, name.replace(/^(get|set)/, '$1UTC')) as unknown;
  if (twin) Object.defineProperty(WallDate.prototype, name, { value: twin });
}

function utc([year = 0, month = 0, day = 1, ...time]: number[]): number {
  return Date.UTC(year, month, day, ...time);
}

/** `work` is synchronous, so nobody else meets the other Date. */
export function inWallTime<Result>(work: () => Result): Result {
  const realDate = globalThis.Date;
  globalThis.Date = WallDate as unknown as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = realDate;
  }
}

/** `day` is ISO 8601. Minutes past 1440 are on the next day. */
export function wallTime(day: string, minutes: number): Date {
  return new WallDate(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS);
}

export function minutesBetween(a: Date, b: Date): number {
  return (b.getTime() - a.getTime()) / MINUTE_MS;
}
