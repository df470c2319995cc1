import { newId } from '@wire/kernel/ids.js';
import { queryOptions } from '@tanstack/react-query';
import { GuestPassPage, GuestPassView } from '@wire/passes/guest.schema.js';
import { MovementPage, type MovementView } from '@wire/passes/movement.schema.js';
import { PassView } from '@wire/passes/pass.schema.js';
import { PhonePage } from '@wire/passes/phone.schema.js';
import { TeamMemberPage, TeamMemberView } from '@wire/passes/team.schema.js';
import { queries } from '../app/queries';
import { call } from './call';
import { passesQuery } from './mine';

export type Movement = MovementView;
export type Guest = GuestPassView;
export type Part = Guest['part'];

export const passQuery = (id: string) =>
  queryOptions({
    queryKey: ['pass', id],
    meta: { offline: true },
    queryFn: () => call(`/v1/passes/${id}`, { returns: PassView }),
  });

export const movementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['pass', id, 'movements'],
    queryFn: async () => (await call(`/v1/passes/${id}/movements`, { returns: MovementPage })).items,
  });

export const guestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['pass', id, 'guests'],
    queryFn: async () => (await call(`/v1/guest-passes?passId=${id}`, { returns: GuestPassPage })).items,
  });

export const membersQuery = (id: string) =>
  queryOptions({
    queryKey: ['pass', id, 'members'],
    queryFn: async () => (await call(`/v1/passes/${id}/members`, { returns: TeamMemberPage })).items,
  });

export const phonesQuery = (id: string) =>
  queryOptions({
    queryKey: ['pass', id, 'phones'],
    queryFn: async () => (await call(`/v1/credentials?passId=${id}`, { returns: PhonePage })).items,
  });

async function afterwards<Result>(passId: string, done: Promise<Result>): Promise<Result> {
  const result = await done;
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['pass', passId] }),
    queries.invalidateQueries({ queryKey: passesQuery.queryKey }),
  ]);
  return result;
}

export const pausePass = (id: string) =>
  afterwards(id, call(`/v1/passes/${id}/pause`, { method: 'PUT', returns: PassView }));
export const resumePass = (id: string) =>
  afterwards(id, call(`/v1/passes/${id}/pause`, { method: 'DELETE', returns: PassView }));

export type Invitation = {
  readonly passId: string;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly spaceId: string;
  readonly day: string;
  readonly part: Part;
};

export const inviteGuest = (body: Invitation) =>
  afterwards(
    body.passId,
    call(`/v1/guest-passes/${newId()}`, { method: 'PUT', body, returns: GuestPassView }),
  );
export const withdrawGuest = ({ id, passId }: Guest) =>
  afterwards(passId, call(`/v1/guest-passes/${id}/withdrawal`, { method: 'PUT', returns: GuestPassView }));

export const addMember = (body: { passId: string; email: string; limitHalfDays: number | null }) =>
  afterwards(
    body.passId,
    call(`/v1/team-members/${newId()}`, { method: 'PUT', body, returns: TeamMemberView }),
  );
export const removeMember = ({ id, passId }: TeamMemberView) =>
  afterwards(passId, call(`/v1/team-members/${id}/removal`, { method: 'PUT', returns: TeamMemberView }));

export const endPhone = ({ id, passId }: { id: string; passId: string }) =>
  afterwards(passId, call(`/v1/credentials/${id}/revocation`, { method: 'PUT', returns: PhonePage }));
