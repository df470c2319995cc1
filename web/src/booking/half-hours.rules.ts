/** Which half-hours somebody can choose. Promise: what is offered is free from its first minute to its last. */
type HalfHour = { readonly from: string; readonly until: string; readonly free: number };

export function startsOf(halfHours: readonly HalfHour[]): string[] {
  return halfHours.filter(({ free }) => free > 0).map(({ from }) => from);
}

/** Every end that is reached from there without a half-hour that is taken, or a break. */
export function endsOf(halfHours: readonly HalfHour[], from: string): string[] {
  const ends: string[] = [];
  let reached = from;
  for (const halfHour of halfHours.slice(halfHours.findIndex((each) => each.from === from))) {
    if (halfHour.from !== reached || halfHour.free <= 0) break;
    ends.push(halfHour.until);
    reached = halfHour.until;
  }
  return ends;
}
