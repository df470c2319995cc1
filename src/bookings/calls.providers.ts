import { Alternatives } from './alternatives.service.js';
import { BookingCalendars } from './booking-calendars.service.js';
import { BookingLetters } from './booking-letters.js';
import { CalendarEntries } from './calendar-entries.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { BookingCallsController } from './calls.controller.js';
import { ContestActs } from './contest-acts.js';
import { ContestsController } from './contests.controller.js';
import { Contests } from './contests.service.js';
import { Closures } from './closures.service.js';
import { Displacements } from './displacements.js';
import { InvitationLetters } from './invitation-letters.service.js';
import { Messages } from './messages.service.js';
import { ProposalActs } from './proposal-acts.js';
import { ProposalSweeps } from './proposal-sweeps.js';
import { ProposalsController } from './proposals.controller.js';
import { WaitActs } from './wait-acts.js';
import { WaitAnswers } from './wait-answers.service.js';
import { WaitMails } from './wait-mails.js';
import { WaitSweeps } from './wait-sweeps.js';
import { WaitsController } from './waits.controller.js';
import { Waits } from './waits.service.js';
import { Proposals } from './proposals.service.js';

/** What a guest and a host tell each other after a booking is made. */
export const callControllers = [
  BookingCallsController,
  ContestsController,
  ProposalsController,
  WaitsController,
];
export const callProviders = [
  Alternatives,
  BookingCalendars,
  BookingLetters,
  CalendarEntries,
  CalendarFeeds,
  Closures,
  ContestActs,
  Contests,
  Displacements,
  InvitationLetters,
  Messages,
  ProposalActs,
  ProposalSweeps,
  Proposals,
  WaitActs,
  WaitAnswers,
  WaitMails,
  WaitSweeps,
  Waits,
];
