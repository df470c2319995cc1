import { lazy, type LazyExoticComponent } from 'react';
import type { BookingSection } from './booking-section';

/**
 * What a booking's page shows below its facts, in this order: a question after the visit, a contest, calendar, letter, messages. Each is a piece of its
 * own, loaded when the page is there: `lazy(() => import('./x').then((module) => ({ default: module.X })))`.
 */
export const SECTIONS: readonly LazyExoticComponent<BookingSection>[] = [
  lazy(async () => ({ default: (await import('./exit-survey')).ExitSurvey })),
  lazy(async () => ({ default: (await import('./booking-contest')).BookingContest })),
  lazy(async () => ({ default: (await import('./booking-calendar')).BookingCalendar })),
  lazy(async () => ({ default: (await import('./booking-messages')).BookingMessages })),
];

/** Above all else: what asks the guest to decide, such as a proposal of another space. */
export const URGENT_SECTIONS: readonly LazyExoticComponent<BookingSection>[] = [
  lazy(async () => ({ default: (await import('./booking-proposal')).BookingProposal })),
];
