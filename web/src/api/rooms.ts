import { queryOptions } from '@tanstack/react-query';
import { HalfHoursPage } from '@wire/bookings/space-days.schema.js';
import { call } from './call';
import type { Space } from './spaces';

export type ByTimeKind = 'meeting_room' | 'machine_time';
export type RoomDay = HalfHoursPage['items'][number];

/** What of each room or machine is free on a day, half-hour by half-hour. */
export const halfHoursQuery = ({ id }: Space, kind: ByTimeKind, day: string) =>
  queryOptions({
    queryKey: ['spaces', id, 'free', kind, day],
    staleTime: 0,
    queryFn: async () => {
      const path: `/v1/${string}` = `/v1/spaces/${id}/half-hours?day=${day}&resourceKind=${kind}`;
      return (await call(path, { returns: HalfHoursPage })).items;
    },
  });
