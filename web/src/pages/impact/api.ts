import { queryOptions } from '@tanstack/react-query';
import { ImpactMethodView, ImpactPeriodPage, ImpactPeriodView } from '@wire/observatory/report.schema.js';
import { call } from '../../api/call';

const KEY = 'impact';
export const impactKey = [KEY];

export const periodsQuery = queryOptions({
  queryKey: [KEY, 'periods'],
  queryFn: ({ signal }) => call('/v1/impact-periods', { returns: ImpactPeriodPage, signal }),
});
export const methodQuery = queryOptions({
  queryKey: [KEY, 'method'],
  queryFn: ({ signal }) => call('/v1/impact-method', { returns: ImpactMethodView, signal }),
});
export const periodQuery = (id: string, territory: string | undefined) =>
  queryOptions({
    queryKey: [KEY, 'period', id, territory],
    queryFn: ({ signal }) =>
      call(`/v1/impact-periods/${id}${territory ? `?territory=${territory}` : ''}`, {
        returns: ImpactPeriodView,
        signal,
      }),
  });
