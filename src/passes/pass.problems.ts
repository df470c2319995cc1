import { problems } from '../kernel/problem.js';

export const ProductProblems = problems('product', {
  notFound: { status: 404, title: 'There is no such product' },
  scopeUnknown: { status: 422, title: 'The scope names a network or space that does not exist' },
  sold: { status: 409, title: 'Passes of this product were issued: its terms stay as they are' },
  classReveals: { status: 422, title: 'The product class would tell who the holder works for' },
});

export const PassProblems = problems('pass', {
  notFound: { status: 404, title: 'There is no such pass' },
  personUnknown: { status: 422, title: 'There is no such person' },
  exhausted: { status: 409, title: 'The pass has not enough half-days left' },
  notUsable: { status: 409, title: 'The pass cannot be used now' },
  memberLimit: { status: 409, title: 'The share of this member is used up' },
  hostCapReached: { status: 409, title: 'The pass allows no more at this space in this period' },
  pauseNotAllowed: { status: 409, title: 'The pass cannot be paused' },
  wrongState: { status: 409, title: 'The pass is in a state that does not allow this' },
});

export const GuestPassProblems = problems('guest_pass', {
  notFound: { status: 404, title: 'There is no such guest pass' },
  notAllowed: { status: 409, title: 'This pass takes no guests' },
  dayLimit: { status: 409, title: 'The pass takes no more guests on that day' },
  notConfirmed: { status: 409, title: 'The guest has not confirmed the invitation' },
  over: { status: 409, title: 'The invitation is over' },
});

export const TeamProblems = problems('team', {
  none: { status: 409, title: 'The pass is not a team’s' },
  memberAlready: { status: 409, title: 'This person is in the team already' },
});

export const CredentialProblems = problems('credential', {
  notFound: { status: 404, title: 'There is no such credential' },
  superseded: { status: 409, title: 'The pass is on another phone now' },
  holderKeyInvalid: { status: 422, title: 'The holder key is not a key' },
});

export const CardProblems = problems('card', {
  notFound: { status: 404, title: 'There is no such card' },
});

export const StatusListProblems = problems('status_list', {
  notFound: { status: 404, title: 'This network issues no passes' },
});
