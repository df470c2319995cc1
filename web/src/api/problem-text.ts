import { t } from '@lingui/core/macro';
import { ApiProblem, isUnanswered } from './call';

/** Our own sentence for a refusal, by its code; the server's where we have none. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) {
    if (isUnanswered(error)) return t`The server could not be reached. Check the network and try again.`;
    return t`Something went wrong in this page. Reload it; nothing you saved is lost.`;
  }
  return sentence(error.code) ?? error.detail;
}

function sentence(code: string): string | undefined {
  switch (code) {
    case 'access.unauthenticated':
      return t`You are not signed in. Sign in and come back here.`;
    case 'access.denied':
      return t`Your role does not allow this. Ask somebody who manages the space or the network.`;
    case 'access.step_up_required':
      return t`For this, prove once more that it is you.`;
    case 'access.read_only':
      return t`You look with somebody else’s eyes, and change nothing.`;
    case 'access.factor_required':
      return t`Your role moves other people’s money: add a passkey or an authenticator app first, under “Sign-in and security”.`;
    case 'http.too_many_requests':
      return t`Too many tries in a short time. Wait a minute and try again.`;
    case 'http.unavailable':
    case 'internal.error':
      return t`The server had a problem. What you saved before is kept; try again in a moment.`;
    case 'request.invalid':
      return t`Something in the form is not right. Look at the marked fields.`;
    case 'credential.superseded':
      return t`Your pass is on another phone now. Open it there, or move it here.`;
    case 'guest_pass.not_allowed':
      return t`Your days are kept for you alone: this pass takes no guests.`;
    case 'guest_pass.day_limit':
      return t`The pass takes no more guests on that day. Choose another day.`;
    case 'guest_pass.over':
    case 'guest_pass.not_confirmed':
      return t`This invitation is over. Ask who invited you.`;
    case 'guest_pass.not_found':
      return t`Open the link of the mail again.`;
    case 'pass.not_usable':
      return t`The pass is not good there on that day. Choose another day or space.`;
    case 'pass.exhausted':
      return t`Too few days are left on the pass.`;
    case 'pass.person_unknown':
      return t`Nobody has confirmed this address. Ask the person to register first.`;
    case 'team.member_already':
      return t`This person is in the team already.`;
    case 'wait.not_full':
      return t`A desk is free after all. Book it at once.`;
    case 'wait.already':
      return t`You stand in that line already.`;
    case 'wait.settled':
      return t`No desk is kept for you any more. You can join the line again.`;
    default:
      return bookingOf(code);
  }
}

function bookingOf(code: string): string | undefined {
  return code.startsWith('booking.') || code.startsWith('quote.') ? bookingSentence(code) : undefined;
}

function bookingSentence(code: string): string | undefined {
  switch (code) {
    case 'booking.closed':
      return t`The space is closed then. Choose another day or part of the day.`;
    case 'booking.past':
      return t`That time is over. Choose a later one.`;
    case 'booking.too_far_ahead':
      return t`That day is too far ahead. Come back nearer to it.`;
    case 'booking.full':
      return t`The last desk was just taken. Choose another day or part of the day.`;
    case 'booking.overlap':
      return t`You have another booking at that time. Cancel it first, or choose another day.`;
    case 'booking.same_place':
      return t`You already have a booking here on that day.`;
    case 'booking.day_used_up':
      return t`You have booked that whole day already.`;
    case 'booking.no_home':
      return t`You belong to no space and have no pass yet. Ask a space near you.`;
    case 'booking.not_in_agreement':
      return t`Your network has no agreement with this space, so nothing can pay for the visit.`;
    case 'booking.no_funding':
      return t`You have no free days here and no pass that pays for this visit.`;
    case 'booking.settled':
      return t`This booking can no longer be changed.`;
    case 'quote.expired':
      return t`The offer had run out. This is the new one: look again, then book.`;
    default:
      return undefined;
  }
}
