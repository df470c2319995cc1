import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import type { Reader } from '../platform/db.js';
import { leftOn, termsOf, type Pass } from './pass.queries.js';
import { stateAt } from './pass.rules.js';
import type { PassView } from './pass.schema.js';
import { findPauses, type StoredPause } from './pause.queries.js';
import { lastDayOf, pausedDaysIn, pauseEnds, periodOf, periodStart } from './product.rules.js';
import { isUsedUp } from './sources.js';

/** Passes as they leave, with what the ledger and their pauses say. */
export async function viewPasses(on: Reader, passes: readonly Pass[], now: Instant): Promise<PassView[]> {
  const pauses = await findPauses(
    on,
    passes.map(({ id }) => id),
  );
  return passes.map((pass) => view(pass, pauses.get(pass.id) ?? [], now));
}

export async function viewPass(on: Reader, pass: Pass, now: Instant): Promise<PassView> {
  return (await viewPasses(on, [pass], now))[0]!;
}

function view(pass: Pass, pauses: readonly StoredPause[], now: Instant): PassView {
  const today = dayAt(now, 'UTC');
  const state = stateAt(pass, now);
  return {
    id: pass.id,
    networkId: pass.networkId,
    productId: pass.productId,
    productName: pass.productName,
    personId: pass.personId,
    role: roleOf(pass),
    teamName: pass.teamName,
    state: state === 'ACTIVE' && isUsedUp(pass) ? 'EXHAUSTED' : state,
    validFrom: pass.validFrom.toString(),
    validUntil: lastDayOf(pass, today).toString(),
    ...termsOf(pass),
    startedOn: pass.startedOn?.toString() ?? null,
    period: periodView(pass, today),
    leftHalfDays: leftOn(pass, today),
    usedHalfDays: pass.usedHalfDays,
    heldHalfDays: pass.heldHalfDays,
    limitHalfDays: pass.limitHalfDays,
    pause: pauseView(pass, pauses, today),
    price: amountToWire(pass.price),
    scope: pass.scope as PassView['scope'],
    unused: unusedView(pass, today),
  };
}

export function roleOf({ drawnFrom, guestOf, sharing }: Pass): PassView['role'] {
  if (guestOf) return 'GUEST';
  if (drawnFrom) return 'MEMBER';
  return sharing === 'TEAM' ? 'TEAM' : 'PERSONAL';
}

function periodView(pass: Pass, today: PlainDate): PassView['period'] {
  if (pass.periodMonths === null) return null;
  const index = periodOf(pass, today);
  return {
    number: index + 1,
    of: pass.periods,
    from: periodStart(pass, index).toString(),
    until: periodEnd(pass, index, today).toString(),
  };
}

function periodEnd(pass: Pass, index: number, today: PlainDate): PlainDate {
  if (index + 1 >= pass.periods) return lastDayOf(pass, today);
  return periodStart(pass, index + 1).subtract({ days: 1 });
}

function pauseView(pass: Pass, pauses: readonly StoredPause[], today: PlainDate): PassView['pause'] {
  const { pauseDaysPerYear, pausedOn, pausedBy } = pass;
  const own = pauses.filter((pause) => pause.pausedBy === 'HOLDER');
  const running =
    pausedOn && pausedBy === 'HOLDER'
      ? [...own, { fromDay: pausedOn, untilDay: latest(pausedOn, today) }]
      : own;
  const canPause = roleOf(pass) === 'PERSONAL';
  return {
    leftDays: canPause ? Math.max(0, pauseDaysPerYear - pausedDaysIn(today.year, running)) : 0,
    pausedOn: pausedOn?.toString() ?? null,
    pausedBy,
    endsOn: pausedOn && pausedBy === 'HOLDER' ? pauseEnds(pausedOn, own, pauseDaysPerYear).toString() : null,
  };
}

function latest(a: PlainDate, b: PlainDate): PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a;
}

function unusedView(pass: Pass, today: PlainDate): PassView['unused'] {
  const isLast = pass.periodMonths === null || periodOf(pass, today) + 1 >= pass.periods;
  const end = isLast ? lastDayOf(pass, today) : periodEnd(pass, periodOf(pass, today), today);
  const after = end.toString();
  if (pass.kind === 'UNLIMITED') {
    return { outcome: 'NOTHING', after, sentence: `The pass ends on ${after}. Nothing is left over.` };
  }
  if (pass.guestOf) {
    const sentence = `Half-days not used by ${after} go back to the pass of whoever invited you.`;
    return { outcome: 'RETURN', after, sentence };
  }
  if (pass.kind === 'PERIOD' && pass.rollOver && !isLast) {
    const most = `${pass.halfDays} at most`;
    return { outcome: 'ROLL_OVER', after, sentence: `Half-days not used by ${after} roll over, ${most}.` };
  }
  return { outcome: 'LAPSE', after, sentence: `Half-days not used by ${after} lapse.` };
}
