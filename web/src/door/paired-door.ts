import { queryOptions } from '@tanstack/react-query';
import { DeviceView, EnrolmentView } from '@wire/identity/organisation.schema.js';
import { call } from '../api/call';
import { queries } from '../app/queries';
import { database } from '../offline/database';
import { forgetPackages } from './day-package';

/** Where this tablet stands, and the token of the device when it was paired by a code. */
export type PairedDoor = { readonly spaceId: string; readonly token?: string };

export const doorQuery = queryOptions({
  queryKey: ['door'],
  networkMode: 'always',
  staleTime: Infinity,
  queryFn: async () => ((await (await database()).get('door', 'paired')) as PairedDoor | undefined) ?? null,
});

/** This tablet, as the server knows it. */
export const deviceQuery = (token: string) =>
  queryOptions({
    queryKey: ['desk', 'device'],
    meta: { offline: true },
    refetchInterval: 60_000,
    queryFn: () => call('/v1/devices/current', { returns: DeviceView, token }),
  });

export async function pairDoor(door: PairedDoor | null): Promise<void> {
  const db = await database();
  await forgetPackages();
  await (door ? db.put('door', door, 'paired') : db.delete('door', 'paired'));
  queries.setQueryData(doorQuery.queryKey, door);
}

/** What a manager's screen shows as a QR code: `/desk#pair=<device>.<code>`. */
export function pairingIn(hash: string): { deviceId: string; code: string } | null {
  const [, deviceId, code] = /^#pair=([\da-f-]{36})\.([\w-]+)$/.exec(hash) ?? [];
  return deviceId && code ? { deviceId, code } : null;
}

/** The tablet's key is renewed: the old one works until the new one is first used, so a lost answer locks nobody out. */
export async function rollToken(): Promise<void> {
  const door = (await (await database()).get('door', 'paired')) as PairedDoor | undefined;
  if (!door?.token) return;
  const { id } = await call('/v1/devices/current', { returns: DeviceView, token: door.token });
  const { token, spaceId } = await call(`/v1/devices/${id}/token`, {
    method: 'PUT',
    returns: EnrolmentView,
    token: door.token,
  });
  await pairDoor({ spaceId, token });
}

/** The code works once and for ten minutes; what comes back is this tablet's own secret, and where it stands. */
export async function enrol({ deviceId, code }: NonNullable<ReturnType<typeof pairingIn>>): Promise<void> {
  const { token, spaceId } = await call(`/v1/devices/${deviceId}/enrolment`, {
    method: 'PUT',
    body: { code },
    returns: EnrolmentView,
  });
  await pairDoor({ spaceId, token });
}
