import type { SeatName, Words } from './mail-words.js';

const SEAT: Readonly<Record<SeatName, string>> = { DESK: 'desk', ROOM: 'room', MACHINE: 'machine' };

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
    contested: 'A guest contests: ',
    credited: 'Given back: ',
    upheld: 'Not given back: ',
    proposed: 'Another seat for you: ',
    asked: 'A guest asks: ',
    message: 'New message: ',
  },
  says: {
    reserved: ({ space, seat }) => `your ${SEAT[seat]} at ${space} is booked.`,
    requested: ({ space, seat }) =>
      `${space} has your request and answers it. The ${SEAT[seat]} is kept for you meanwhile.`,
    canceled: ({ space }) => `your booking at ${space} is canceled.`,
    replaced: ({ space }) => `your booking at ${space} is moved elsewhere, as you wished.`,
    rejected: ({ space, seat }) =>
      `${space} cannot have you then. Nothing was used up. We look for the nearest space with a free ${SEAT[seat]} and write to you if there is one.`,
    expired: ({ space, seat }) =>
      `${space} did not answer your request in time. Nothing was used up. We look for the nearest space with a free ${SEAT[seat]} and write to you if there is one.`,
    missed: ({ space }) => `we did not see you at ${space}.`,
    contested: ({ space }) =>
      `a guest says that they were wrongly counted as missing at ${space}. Read why, and give back what it cost or tell them why not:`,
    credited: ({ space }) => `${space} has answered: what the missed booking cost you is given back.`,
    upheld: ({ space }) =>
      `${space} has answered: the booking stays used up. The reason stands on the page of your booking:`,
    proposed: ({ space, seat }) =>
      `${space} cannot have you then. This is the nearest free ${SEAT[seat]}. It costs you no more, and the terms are no worse. You can take it or decline it.`,
    asked: ({ space, seat }) =>
      `a guest asks for a ${SEAT[seat]} at ${space}. Accept or decline it in time: after that the request expires.`,
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
    SPONSOR_VOUCHER: 'Your voucher is yours again.',
    VISA_QUOTA: 'Your free days came back in full.',
    PASS_UNITS: 'What it took from your pass came back in full.',
    PAY_AS_YOU_GO: 'You are not charged.',
    USED: 'It was too late for anything to come back: the booking was used up.',
    NOTHING: '',
  },
  contest:
    'Was it otherwise? Contest it on the page of your booking within 14 days: the space can give back what it cost.',
  bye: 'Escale',
};
