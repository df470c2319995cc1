/** What leaves: one function per response. */
import { amountToWire } from '../kernel/wire.js';
import { undoUntil, type FundingOption } from './booking.rules.js';
import type { BookingView, NextDayView, QuoteView, RebookingView } from './booking.schema.js';
import type { Booking, Fee, OfferedVisit } from './booking.js';
import { clockOf } from './day-parts.js';
import type { NextDay } from './foresight.service.js';
import type { Guest } from './guests.service.js';
import type { Offer } from './offers.js';
import type { Quote } from './quote.js';

/** `guest` is for the host; guests know who they are. */
export function bookingView(booking: Booking, guest: Guest | null = null): BookingView {
  return {
    ...offerView(booking),
    id: booking.id,
    personId: booking.personId,
    bookedAt: booking.bookedAt.toString(),
    state: booking.state,
    stateAt: booking.stateAt.toString(),
    stateBy: booking.stateBy,
    heldUntil: booking.heldUntil?.toString() ?? null,
    homeSpaceId: booking.homeSpaceId,
    homeNetworkId: booking.homeNetworkId,
    hostNetworkId: booking.hostNetworkId,
    quoteId: booking.quoteId,
    cancelReason: booking.cancelReason,
    declineReason: booking.declineReason,
    fee: booking.fee && feeView(booking.fee),
    sequence: booking.sequence,
    calendarUid: booking.calendarUid,
    changedFrom: booking.changedFrom,
    replacedBy: booking.replacedBy,
    itineraryId: booking.itineraryId,
    undoUntil: undoUntil(booking)?.toString() ?? null,
    guest,
  };
}

export function quoteView({ id, expiresAt, offer, next, change }: Quote): QuoteView {
  return {
    ...offerView(offer),
    id,
    expiresAt: expiresAt.toString(),
    options: offer.options.map(optionView),
    next,
    change,
  };
}

export function offerWithOptionsView({ options, ...offer }: Offer): RebookingView {
  return { ...offerView(offer), options: options.map(optionView) };
}

export function nextDayView({ taken, options, price, guestPrice, ...next }: NextDay): NextDayView {
  return {
    day: next.day.toString(),
    part: next.part,
    from: clockOf(next.fromSlot),
    until: clockOf(next.toSlot),
    halfDays: next.halfDays,
    funding: taken?.funding ?? null,
    passId: taken?.passId ?? null,
    leftAfterHalfDays: taken?.leftAfterHalfDays ?? null,
    price: price && amountToWire(price),
    guestPrice: guestPrice && amountToWire(guestPrice),
    options: options.map(optionView),
  };
}

export function feeView(fee: Fee) {
  return { halfDays: fee.halfDays, amount: amountToWire(fee.amount) };
}

export function offerView(offer: OfferedVisit) {
  return {
    spaceId: offer.spaceId,
    poolId: offer.poolId,
    resourceKind: offer.resourceKind,
    day: offer.day.toString(),
    part: offer.part,
    from: clockOf(offer.fromSlot),
    until: clockOf(offer.toSlot),
    halfDays: offer.halfDays,
    startsAt: offer.startsAt.toString(),
    endsAt: offer.endsAt.toString(),
    timeZone: offer.timeZone,
    funding: offer.funding,
    passId: offer.passId,
    terms: offer.terms,
    price: amountToWire(offer.price),
    guestPrice: amountToWire(offer.guestPrice),
  };
}

export function optionView({
  debtorPartyId: _internal,
  ...option
}: FundingOption): QuoteView['options'][number] {
  return { ...option, sentence: sentenceOf(option) };
}

function sentenceOf(option: Omit<FundingOption, 'debtorPartyId'>): string {
  const left = option.leftHalfDays ?? 0;
  switch (option.because) {
    case 'NO_HOME_SPACE':
      return 'A visa quota belongs to members of a space, and you have no home space on that day.';
    case 'AT_HOME':
      return 'This is your home space: a visa quota is for visiting others.';
    case 'QUOTA_USED_UP':
      return `Your visa quota here has ${halfDays(left)} left this year, which is too little.`;
    case 'NO_PASS':
      return 'You have no pass that is valid here on that day.';
    case 'PASS_USED_UP':
      return `Your pass has ${halfDays(left)} left, which is too little.`;
    case 'HOST_CAP_REACHED':
      return `Your pass allows ${halfDays(left)} more at this space in this period, which is too little.`;
    case 'NO_PRICE_IN_MONEY':
      return 'This agreement names no price in money, so it cannot be paid for.';
    case 'NOT_A_DESK':
      return 'Your voucher is for desks. A room is paid in another way.';
    case 'OTHER_PLACE':
      return 'The programme of your voucher does not include this space.';
    case 'OTHER_TIME':
      return 'The programme of your voucher does not run on that day.';
    case 'OTHER_COUNTRY':
      return 'The programme of your voucher does not pay in this country.';
    case 'ABOVE_PRICE_CEILING':
      return 'This space asks more than the programme of your voucher pays.';
    case 'PROGRAMME_NOT_OPEN':
      return 'The programme of your voucher is not open now.';
    case 'NOT_CONFIRMED':
      return 'Your employer has not confirmed you for that day.';
    case 'NO_VOUCHER_LEFT':
      return 'No voucher of yours is left.';
    case 'SPACE_CAP_REACHED':
      return 'The share of the programme that this space may have is used up.';
    case 'WEEK_CAP_REACHED':
      return 'Your days of that week are used up.';
    case 'PERSON_CAP_REACHED':
      return 'Your days of this programme are used up.';
    case 'FLOORS_KEPT_FREE':
      return 'The days that are left are promised to other spaces of the programme.';
    case 'NO_MISSION_ORDER':
      return 'A visit abroad takes a mission order of your employer for that day.';
    case 'PAID_BY_TIME':
      return 'Half-days pay for desks. A room is paid by its time.';
    case null:
      return paying(option);
  }
}

function paying({ funding, outcome, leftAfterHalfDays }: Omit<FundingOption, 'debtorPartyId'>): string {
  const verb = outcome === 'TAKEN' ? 'pays' : 'could pay';
  const left = `${halfDays(leftAfterHalfDays ?? 0)} would be left`;
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return `A voucher of your sponsor ${verb}; ${left}.`;
    case 'VISA_QUOTA':
      return `Your visa quota ${verb}; ${left}.`;
    case 'PASS_UNITS':
      return `Your pass ${verb}; ${left}.`;
    case 'PAY_AS_YOU_GO':
      return outcome === 'TAKEN'
        ? 'You pay for this visit yourself.'
        : 'You could pay for this visit yourself.';
  }
}

function halfDays(count: number): string {
  return count === 1 ? '1 half-day' : `${count} half-days`;
}
