import type { Actor } from '../identity/index.js';
import { amountToWire } from '../kernel/wire.js';
import type { ClosureView, ProposalView } from './closure.schema.js';
import type { ToldClosure } from './closures.service.js';
import type { Guest } from './guests.service.js';
import type { Alternative } from './proposal.js';
import type { Told } from './proposal-acts.js';

export function closureView({ closure, counts }: ToldClosure): ClosureView {
  return {
    id: closure.id,
    spaceId: closure.spaceId,
    fromDay: closure.fromDay.toString(),
    untilDay: closure.untilDay?.toString() ?? null,
    reason: closure.reason,
    announcedAt: closure.announcedAt.toString(),
    withdrawnAt: closure.withdrawnAt?.toString() ?? null,
    progress: {
      affected: Object.values(counts).reduce((sum, count) => sum + count, 0),
      sought: counts.SOUGHT ?? 0,
      open: counts.OPEN ?? 0,
      accepted: counts.ACCEPTED ?? 0,
      declined: counts.DECLINED ?? 0,
      lapsed: counts.LAPSED ?? 0,
      unitBack: counts.UNIT_BACK ?? 0,
      withdrawn: counts.WITHDRAWN ?? 0,
    },
  };
}

/** What it costs is between the host and its network: the guest is told nothing of it. */
export function proposalView({ proposal, booking }: Told, reader: Actor, guest?: Guest): ProposalView {
  const { id, bookingId, cause, state, stateAt, answerBy, alternative, newBookingId, createdAt } = proposal;
  const isGuest = reader.personId === proposal.personId;
  return {
    id,
    bookingId,
    cause,
    state,
    stateAt: stateAt.toString(),
    answerBy: answerBy?.toString() ?? null,
    day: booking.day.toString(),
    spaceId: booking.spaceId,
    alternative: alternative && alternativeView(alternative),
    cost: alternative && !isGuest ? amountToWire(alternative.cost) : null,
    newBookingId,
    guestFirstName: guest?.firstName ?? null,
    createdAt: createdAt.toString(),
  };
}

function alternativeView({ offer, metres }: Alternative): ProposalView['alternative'] {
  return {
    spaceId: offer.spaceId,
    poolId: offer.poolId,
    metres: Math.round(metres),
    part: offer.part,
    startsAt: offer.startsAt.toString(),
    endsAt: offer.endsAt.toString(),
    timeZone: offer.timeZone,
    funding: offer.funding,
    guestPrice: amountToWire(offer.guestPrice),
    cancelUntil: offer.terms.cancelUntil,
  };
}
