import { queryOptions } from '@tanstack/react-query';
import { ContestView, OpenContestPage, type PutContestAnswer } from '@wire/bookings/contest.schema.js';
import { queries } from '../app/queries';
import { call } from './call';
import { bookingsQuery, passesQuery } from './mine';

/** What a guest said against a no-show, and what the space answered. */
export const contestQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['contest', bookingId],
    queryFn: () => call(`/v1/bookings/${bookingId}/contest`, { returns: ContestView }),
  });

export async function putContest(bookingId: string, reason: string): Promise<void> {
  const path: `/v1/${string}` = `/v1/bookings/${bookingId}/contest`;
  const stored = await call(path, { method: 'PUT', body: { reason }, returns: ContestView });
  queries.setQueryData(contestQuery(bookingId).queryKey, stored);
}

export const openContestsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['office', spaceId, 'contests'],
    queryFn: async () => (await call(`/v1/spaces/${spaceId}/contests`, { returns: OpenContestPage })).items,
  });

export async function answerContest(bookingId: string, body: PutContestAnswer): Promise<void> {
  const path: `/v1/${string}` = `/v1/bookings/${bookingId}/contest/answer`;
  const stored = await call(path, { method: 'PUT', body, returns: ContestView });
  queries.setQueryData(contestQuery(bookingId).queryKey, stored);
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['office'] }),
    queries.invalidateQueries({ queryKey: bookingsQuery.queryKey }),
    queries.invalidateQueries({ queryKey: passesQuery.queryKey }),
  ]);
}
