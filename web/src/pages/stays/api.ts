import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { SpacePage } from '@wire/directory/directory.schema.js';
import { LegalBasisPage, StayCallPage, StayOrganisationPage, StoryPage } from '@wire/stays/call.schema.js';
import { StayPage, StayView } from '@wire/stays/stay.schema.js';
import { call } from '../../api/call';

export const callsQuery = queryOptions({
  queryKey: ['stay-calls'],
  queryFn: async () => (await call('/v1/stay-calls', { returns: StayCallPage })).items,
});
export const storiesQuery = queryOptions({
  queryKey: ['stay-stories'],
  queryFn: async () => (await call('/v1/stay-stories', { returns: StoryPage })).items,
});
export const basesQuery = queryOptions({
  queryKey: ['legal-bases'],
  queryFn: async () => (await call('/v1/legal-bases', { returns: LegalBasisPage })).items,
});
export const organisationsQuery = queryOptions({
  queryKey: ['stay-organisations'],
  queryFn: async () => (await call('/v1/stay-organisations', { returns: StayOrganisationPage })).items,
});
export const placesQuery = queryOptions({
  queryKey: ['stay-places'],
  queryFn: async () => (await call('/v1/spaces?limit=100', { returns: SpacePage })).items,
});
export const staysQuery = queryOptions({
  queryKey: ['mine', 'stays'],
  queryFn: async () => (await call('/v1/stays', { returns: StayPage })).items,
});
export const stayQuery = (id: string) =>
  queryOptions({
    queryKey: ['mine', 'stays', id],
    queryFn: () => call(`/v1/stays/${id}`, { returns: StayView }),
  });

type Step = { readonly at: string; readonly body?: object; readonly method?: 'PUT' | 'DELETE' };

/** One step of a stay; what comes back is shown at once. */
export function useStep(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ at, body = {}, method = 'PUT' }: Step) =>
      call(at.startsWith('/v1/') ? (at as `/v1/${string}`) : `/v1/stays/${id}/${at}`, {
        method,
        ...(method === 'PUT' ? { body } : {}),
        returns: StayView,
      }),
    onSuccess: (stay) => {
      queries.setQueryData(stayQuery(id).queryKey, stay);
      return queries.invalidateQueries({ queryKey: staysQuery.queryKey, exact: true });
    },
  });
}
export type TakeStep = ReturnType<typeof useStep>;
/** A stay, and the way to take its next step. */
export type OfStay = { readonly stay: StayView; readonly step: TakeStep };
