import type { Problem } from '../kernel/problem.js';
import { VoucherProblems } from './programme.problems.js';
import type { VoucherLimit as Limit, VoucherRefusal } from '../kernel/words.js';

/** A place of the same programme that has days left. */
export type Alternative = { readonly spaceId: string; readonly name: string; readonly city: string };

const REFUSALS: Readonly<
  Record<Limit, (places: string, extra: { alternatives: readonly Alternative[] }) => Problem>
> = {
  PROGRAMME_NOT_OPEN: () =>
    VoucherProblems.programmeNotOpen('Your programme is not open now. Ask its sponsor, or use a pass.'),
  NOT_CONFIRMED: () =>
    VoucherProblems.notConfirmed('Ask your employer to confirm you for that day, or use a pass.'),
  NO_VOUCHER_LEFT: () =>
    VoucherProblems.noVoucherLeft('Ask for another one, or use a pass, or pay for the visit.'),
  SPACE_CAP_REACHED: (places, extra) =>
    VoucherProblems.spaceCapReached(`Cap reached. Try ${places}, or use a pass here.`, extra),
  WEEK_CAP_REACHED: () => VoucherProblems.weekCapReached('Choose a day of another week, or use a pass.'),
  PERSON_CAP_REACHED: () => VoucherProblems.personCapReached('Use a pass for further days.'),
  FLOORS_KEPT_FREE: (places, extra) =>
    VoucherProblems.floorsKeptFree(`What is left is promised to other places. Try ${places}.`, extra),
  NO_MISSION_ORDER: () =>
    VoucherProblems.noMissionOrder('Ask your employer to issue one for that country and day.'),
};

export function sponsorRefusal(because: VoucherRefusal, alternatives: readonly Alternative[]): Problem {
  const places = alternatives.map(({ name, city }) => `${name} (${city})`).join(', ') || 'another programme';
  const refuse = because in REFUSALS ? REFUSALS[because as Limit] : REFUSALS.NO_VOUCHER_LEFT;
  return refuse(places, { alternatives });
}
