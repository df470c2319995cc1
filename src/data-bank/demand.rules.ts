/** What the demand map shows. Pure. */

/** Fewer people than this could be recognised. */
export const COUNT_SHOWN_MIN = 5;

export type Counted = {
  readonly country: string;
  readonly city: string;
  readonly workers: number;
  readonly spaces: number;
};
export type Shown = { readonly count: number | null; readonly hidden: 'UNDER_5' | null };

/**
 * Nought says nothing of anybody and is shown; one to four are not. No sum of both is ever published, or what is
 * hidden could be taken from it.
 */
export function shown(count: number): Shown {
  return count === 0 || count >= COUNT_SHOWN_MIN
    ? { count, hidden: null }
    : { count: null, hidden: 'UNDER_5' };
}
