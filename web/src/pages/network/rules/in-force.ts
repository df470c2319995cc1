type Dated = { readonly fromDay: string };

/** Of dated versions the last that began by then; and those that are still to come. */
export function inForce<Version extends Dated>(
  versions: readonly Version[],
  today: string,
): { readonly now: Version | undefined; readonly later: readonly Version[] } {
  const sorted = versions.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
  return {
    now: sorted.findLast(({ fromDay }) => fromDay <= today),
    later: sorted.filter(({ fromDay }) => fromDay > today),
  };
}
