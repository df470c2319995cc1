import { queryOptions } from '@tanstack/react-query';
import { QuoteView } from '@wire/bookings/booking.schema.js';
import { LinePage, WaitPage, WaitTermsView, WaitView } from '@wire/bookings/wait.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { queries } from '../app/queries';
import type { Part } from './booking';
import { call } from './call';
import { bookingsQuery } from './mine';

export type Wait = WaitView;
export type LineItem = LinePage['items'][number];

const REFRESH_MS = 30_000;

/** Every line I stand in; an offer may come at any time. */
export const waitsQuery = queryOptions({
  queryKey: ['mine', 'waits'],
  refetchInterval: REFRESH_MS,
  queryFn: async () => (await call('/v1/waits', { returns: WaitPage })).items,
});

export function isWaiting({ state }: Wait): boolean {
  return state === 'WAITING' || state === 'KEPT' || state === 'OFFERED';
}

export function joinWait(id: string, body: { spaceId: string; day: string; part: Part }): Promise<Wait> {
  const wish = { ...body, resourceKind: 'hot_desk' };
  return changed(call(`/v1/waits/${id}`, { method: 'PUT', body: wish, returns: WaitView }));
}

export function leaveWait(id: string): Promise<Wait> {
  return changed(call(`/v1/waits/${id}`, { method: 'DELETE', returns: WaitView }));
}

export function declineWait(id: string): Promise<Wait> {
  return changed(call(`/v1/waits/${id}/decline`, { method: 'PUT', returns: WaitView }));
}

/** On what terms the kept desk can be booked now. */
export const waitQuoteQuery = (id: string) =>
  queryOptions({
    queryKey: ['quote', 'wait', id],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () => call(`/v1/waits/${id}/quotes/${newId()}`, { method: 'PUT', returns: QuoteView }),
  });

export function acceptWait(id: string, body: { quoteId: string; bookingId: string }): Promise<Wait> {
  return changed(call(`/v1/waits/${id}/acceptance`, { method: 'PUT', body, returns: WaitView }));
}

async function changed(request: Promise<Wait>): Promise<Wait> {
  try {
    return await request;
  } finally {
    await Promise.all([
      queries.invalidateQueries({ queryKey: waitsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: bookingsQuery.queryKey }),
    ]);
  }
}

export const lineQuery = (spaceId: string, from: string, days: number) =>
  queryOptions({
    queryKey: ['office', spaceId, 'line', from, days],
    queryFn: async () =>
      (await call(`/v1/spaces/${spaceId}/waits?from=${from}&days=${days}`, { returns: LinePage })).items,
  });

export const waitTermsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['office', spaceId, 'wait-terms'],
    queryFn: () => call(`/v1/spaces/${spaceId}/wait-terms`, { returns: WaitTermsView }),
  });

export async function saveWaitTerms(spaceId: string, answerMinutes: number): Promise<void> {
  const body = { answerMinutes };
  await call(`/v1/spaces/${spaceId}/wait-terms`, { method: 'PUT', body, returns: WaitTermsView });
  await queries.invalidateQueries({ queryKey: waitTermsQuery(spaceId).queryKey });
}
