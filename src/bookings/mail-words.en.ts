import type { Words } from './mail-words.js';

export const EN: Words = {
  hello: (name) => `Hello ${name},`,
  subject: {
    reserved: 'Booked: ',
    requested: 'Asked: ',
    canceled: 'Canceled: ',
    replaced: 'Moved: ',
    rejected: 'Declined: ',
    expired: 'No answer: ',
    missed: 'Not used: ',
    proposed: 'Another seat for you: ',
    asked: 'A guest asks: ',
    message: 'New message: ',
  },
  says: {
    reserved: ({ space }) => `your desk at ${space} is booked.`,
    requested: ({ space }) => `${space} has your request and answers it. The desk is kept for you meanwhile.`,
    canceled: ({ space }) => `your booking at ${space} is canceled.`,
    replaced: ({ space }) => `your booking at ${space} is moved elsewhere, as you wished.`,
    rejected: ({ space }) =>
      `${space} cannot have you then. Nothing was used up. We look for the nearest space with a free desk and write to you if there is one.`,
    expired: ({ space }) =>
      `${space} did not answer your request in time. Nothing was used up. We look for the nearest space with a free desk and write to you if there is one.`,
    missed: ({ space }) => `we did not see you at ${space}.`,
    proposed: ({ space }) =>
      `${space} cannot have you then. This is the nearest free desk. It costs you no more, and the terms are no worse. You can take it or decline it.`,
    asked: ({ space }) =>
      `a guest asks for a desk at ${space}. Accept or decline it in time: after that the request expires.`,
    message: ({ space }) => `there is a new message about the booking at ${space}. Read and answer it here:`,
  },
  facts: {
    place: 'Where',
    day: 'Day',
    time: 'Time',
    askFor: 'Ask for',
    gettingIn: 'Getting in',
    cancelUntil: 'Free to cancel until',
    answerBy: 'Answer by',
    other: 'Instead',
    km: 'km away',
  },
  local: 'local time',
  back: {
    VISA_QUOTA: 'Your free days came back in full.',
    PASS_UNITS: 'What it took from your pass came back in full.',
    PAY_AS_YOU_GO: 'You are not charged.',
    USED: 'It was too late for anything to come back: the booking was used up.',
    NOTHING: '',
  },
  contest: 'Were you there after all? Tell the space in the thread of your booking: it can correct this.',
  bye: 'Escale',
};
