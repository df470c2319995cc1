import { queryOptions } from '@tanstack/react-query';
import { HoursPreviewView } from '@wire/bookings/office.schema.js';
import { DayPage, HourExceptionPage, SpaceView } from '@wire/directory/directory.schema.js';
import { HolidayPage, HourPeriodPage } from '@wire/directory/hours.schema.js';
import type { PlainDate } from '@wire/kernel/time.js';
import { call } from '../../../api/call';
import { spaceQuery } from '../../../api/spaces';
import { queries } from '../../../app/queries';
import { currentLocale } from '../../../i18n/activate';

export type HoursDraft = Pick<SpaceView, 'openingHours' | 'closesOnHolidays' | 'halfDayBoundary'>;

/** As if it were decided: the next fortnight and the bookings it would hit. Asks again whenever it is edited. */
export const previewQuery = (spaceId: string, planned: Record<string, string>) =>
  queryOptions({
    queryKey: ['office', spaceId, 'hours', 'preview', planned],
    staleTime: 10_000,
    placeholderData: (before: HoursPreviewView | undefined) => before,
    queryFn: () =>
      call(`/v1/spaces/${spaceId}/hours-preview?${new URLSearchParams(planned).toString()}`, {
        returns: HoursPreviewView,
      }),
  });

export const periodsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['office', spaceId, 'hours', 'periods'],
    queryFn: async () =>
      (await call(`/v1/spaces/${spaceId}/hour-periods`, { returns: HourPeriodPage })).items,
  });

export const exceptionsQuery = (spaceId: string) =>
  queryOptions({
    queryKey: ['office', spaceId, 'hours', 'exceptions'],
    queryFn: async () =>
      (await call(`/v1/spaces/${spaceId}/hour-exceptions`, { returns: HourExceptionPage })).items,
  });

export const holidaysQuery = (spaceId: string, year: number) =>
  queryOptions({
    queryKey: ['office', spaceId, 'holidays', year, currentLocale()],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (
        await call(`/v1/spaces/${spaceId}/holidays?year=${year}&language=${currentLocale()}`, {
          returns: HolidayPage,
        })
      ).items,
  });

export const monthQuery = (spaceId: string, month: PlainDate) =>
  queryOptions({
    queryKey: ['office', spaceId, 'hours', 'month', month.toString()],
    queryFn: async () =>
      (
        await call(`/v1/spaces/${spaceId}/days?from=${month.toString()}&days=${month.daysInMonth}`, {
          returns: DayPage,
        })
      ).items,
  });

/** After any change of hours: all that is told about them, here and on the public pages. */
export async function hoursChanged(spaceId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['office', spaceId, 'hours'] }),
    queries.invalidateQueries({ queryKey: ['spaces', spaceId, 'days'] }),
    queries.invalidateQueries({ queryKey: ['spaces', spaceId, 'free'] }),
  ]);
}

export async function putHours(spaceId: string, hours: HoursDraft): Promise<HoursDraft> {
  const stored = await call(`/v1/spaces/${spaceId}/hours`, {
    method: 'PUT',
    body: hours,
    returns: SpaceView,
  });
  queries.setQueryData(spaceQuery(spaceId).queryKey, stored);
  await hoursChanged(spaceId);
  const { openingHours, closesOnHolidays, halfDayBoundary } = stored;
  return { openingHours, closesOnHolidays, halfDayBoundary };
}
