/** When an encounter is on. Pure. */
import { Temporal, type Instant } from '../kernel/time.js';

const BEFORE_MINUTES = 30;
const AFTER_MINUTES = 60;

type Times = { readonly startsAt: Instant; readonly endsAt: Instant };

/** People come early, and some remember to read the code when they leave. */
export function isTakingPlace({ startsAt, endsAt }: Times, now: Instant): boolean {
  return (
    Temporal.Instant.compare(now, startsAt.subtract({ minutes: BEFORE_MINUTES })) >= 0 &&
    Temporal.Instant.compare(now, endsAt.add({ minutes: AFTER_MINUTES })) <= 0
  );
}

export function mayClose({ startsAt }: Times, now: Instant): boolean {
  return Temporal.Instant.compare(now, startsAt) >= 0;
}
