import { queryOptions } from '@tanstack/react-query';
import { CalendarFeedPage, CalendarFeedView } from '@wire/bookings/calendar.schema.js';
import { ClosurePage, ClosureView, ProposalPage, ProposalView } from '@wire/bookings/closure.schema.js';
import { MessagePage, MessageView, ReadMarkView } from '@wire/bookings/message.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { MailPage } from '@wire/platform/mail/mail.schema.js';
import { queries } from '../app/queries';
import { call } from './call';
import { bookingsQuery } from './mine';

export type Proposal = ProposalView;
export type Closure = ClosureView;
export type Message = MessageView;
export type CalendarFeed = CalendarFeedView;

const THREAD_REFRESH_MS = 15_000;

export const mailsQuery = queryOptions({
  queryKey: ['mails'],
  staleTime: 0,
  queryFn: async () => (await call('/v1/mails', { returns: MailPage })).items,
});

export const proposalsQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['proposals', bookingId],
    queryFn: async () => (await call(`/v1/bookings/${bookingId}/proposals`, { returns: ProposalPage })).items,
  });

export async function answerProposal(id: string, how: 'acceptance' | 'decline'): Promise<Proposal> {
  try {
    return await call(`/v1/proposals/${id}/${how}`, { method: 'PUT', returns: ProposalView });
  } finally {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['proposals'] }),
      queries.invalidateQueries({ queryKey: bookingsQuery.queryKey }),
    ]);
  }
}

export const threadQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['messages', bookingId],
    refetchInterval: THREAD_REFRESH_MS,
    queryFn: async () => {
      const { items } = await call(`/v1/bookings/${bookingId}/messages`, { returns: MessagePage });
      const isUnread = items.some(({ readAt }) => readAt === null);
      if (isUnread)
        await call(`/v1/bookings/${bookingId}/read-mark`, { method: 'PUT', returns: ReadMarkView });
      return items;
    },
  });

export async function writeMessage(id: string, bookingId: string, text: string): Promise<Message> {
  const body = { bookingId, text };
  const message = await call(`/v1/messages/${id}`, { method: 'PUT', body, returns: MessageView });
  await queries.invalidateQueries({ queryKey: threadQuery(bookingId).queryKey });
  return message;
}

export const feedsQuery = queryOptions({
  queryKey: ['calendar-feeds'],
  queryFn: async () => (await call('/v1/calendar-feeds', { returns: CalendarFeedPage })).items,
});

export async function makeFeed(spaceId: string | null): Promise<CalendarFeed> {
  const body = { spaceId };
  const feed = await call(`/v1/calendar-feeds/${newId()}`, {
    method: 'PUT',
    body,
    returns: CalendarFeedView,
  });
  await queries.invalidateQueries({ queryKey: feedsQuery.queryKey });
  return feed;
}

export async function revokeFeed(id: string): Promise<void> {
  await call(`/v1/calendar-feeds/${id}`, { method: 'DELETE', returns: CalendarFeedView });
  await queries.invalidateQueries({ queryKey: feedsQuery.queryKey });
}

export const closuresQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['closures', spaceId],
    staleTime: 0,
    refetchInterval: THREAD_REFRESH_MS,
    queryFn: async () => (await call(`/v1/spaces/${spaceId}/closures`, { returns: ClosurePage })).items,
  });

type NewClosure = Pick<Closure, 'spaceId' | 'fromDay' | 'untilDay' | 'reason'>;

export async function announceClosure(id: string, body: NewClosure): Promise<Closure> {
  const closure = await call(`/v1/closures/${id}`, { method: 'PUT', body, returns: ClosureView });
  await queries.invalidateQueries({ queryKey: ['closures', body.spaceId] });
  return closure;
}

export async function withdrawClosure(id: string): Promise<Closure> {
  const closure = await call(`/v1/closures/${id}/withdrawal`, { method: 'PUT', returns: ClosureView });
  await queries.invalidateQueries({ queryKey: ['closures'] });
  return closure;
}
