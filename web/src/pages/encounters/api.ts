import { queryOptions } from '@tanstack/react-query';
import { EncounterPage, EncounterRoomView } from '@wire/encounters/encounter.schema.js';
import { ComerPage, IntroductionPage, SharingPage, WorkstreamPage } from '@wire/encounters/people.schema.js';
import { CrossServicePage, InitiativePage } from '@wire/encounters/together.schema.js';
import { call } from '../../api/call';

export const encountersQuery = queryOptions({
  queryKey: ['encounters'],
  queryFn: async () => (await call('/v1/encounters', { returns: EncounterPage })).items,
});
export const roomQuery = (id: string) =>
  queryOptions({
    queryKey: ['encounters', 'room', id],
    queryFn: () => call(`/v1/encounters/${id}/room`, { returns: EncounterRoomView }),
  });
export const servicesQuery = queryOptions({
  queryKey: ['cross-services'],
  queryFn: async () => (await call('/v1/cross-services', { returns: CrossServicePage })).items,
});
export const initiativesQuery = queryOptions({
  queryKey: ['initiatives'],
  queryFn: async () => (await call('/v1/initiatives', { returns: InitiativePage })).items,
});
export const workstreamsQuery = queryOptions({
  queryKey: ['workstreams'],
  queryFn: async () => (await call('/v1/workstreams', { returns: WorkstreamPage })).items,
});
export const sharingsQuery = queryOptions({
  queryKey: ['mine', 'sharings'],
  queryFn: async () => (await call('/v1/sharings', { returns: SharingPage })).items,
});
export const introductionsQuery = queryOptions({
  queryKey: ['mine', 'introductions'],
  queryFn: async () => (await call('/v1/introductions', { returns: IntroductionPage })).items,
});
export const comersQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['comers', spaceId],
    queryFn: async () => (await call(`/v1/comers?spaceId=${spaceId}`, { returns: ComerPage })).items,
  });
