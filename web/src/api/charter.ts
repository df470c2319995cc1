import { queryOptions } from '@tanstack/react-query';
import {
  CharterDiffView,
  CharterProposal,
  CharterVersionPage,
  CharterVersionView,
  CheckPage,
  CommentPage,
  CommentView,
  SignatoryPage,
} from '@wire/charter/charter.schema.js';
import { FragilityPage } from '@wire/charter/fragility.schema.js';
import { DelegatedActPage, DelegationPage, DelegationView } from '@wire/identity/delegation.schema.js';
import { MemberPage, MemberView } from '@wire/charter/member.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { z } from 'zod';
import { queries } from '../app/queries';
import { call } from './call';

export type CharterVersion = CharterVersionView;
export type Signatory = SignatoryPage['items'][number];
export type Member = MemberView;
export type MemberRow = MemberPage['items'][number];

const CHARTER_KEY = 'charter';

const read = <Out extends z.ZodType>(path: `/v1/${string}`, returns: Out) =>
  queryOptions({
    queryKey: [CHARTER_KEY, path],
    queryFn: ({ signal }) => call(path, { returns, signal }),
  });

export const versionsQuery = (networkId?: string) =>
  read(
    networkId ? `/v1/charter-versions?networkId=${networkId}` : '/v1/charter-versions',
    CharterVersionPage,
  );
export const diffQuery = (id: string, against: string, language: string) =>
  read(`/v1/charter-versions/${id}/diff?against=${against}&language=${language}`, CharterDiffView);
export const signatoriesQuery = (networkId: string) =>
  read(`/v1/charter-signatories?networkId=${networkId}`, SignatoryPage);
export const spaceSignatoryQuery = (spaceId: string) =>
  read(`/v1/charter-signatories?spaceId=${spaceId}`, SignatoryPage);
export const signatoriesOfAllQuery = read('/v1/charter-signatories', SignatoryPage);
export const fragilityQuery = (networkId: string) =>
  read(`/v1/fragility?networkId=${networkId}`, FragilityPage);
export const delegationsQuery = (organisationId: string) =>
  read(`/v1/delegations?organisationId=${organisationId}`, DelegationPage);
export const delegatedActsQuery = (id: string) => read(`/v1/delegations/${id}/acts`, DelegatedActPage);
export const proposalQuery = read('/v1/charter-proposal', CharterProposal);
export const commentsQuery = (versionId: string) =>
  read(`/v1/charter-comments?versionId=${versionId}`, CommentPage);
export const membersOfNetworkQuery = (networkId: string) =>
  read(`/v1/charter-members?networkId=${networkId}`, MemberPage);
export const membersOfSpaceQuery = (spaceId: string) =>
  read(`/v1/charter-members?spaceId=${spaceId}`, MemberPage);
export const membersOfOrganisationQuery = (organisationId: string) =>
  read(`/v1/charter-members?organisationId=${organisationId}`, MemberPage);
export const reviewableQuery = (spaceId: string) =>
  read(`/v1/charter-members?reviewableBy=${spaceId}`, MemberPage);
export const memberQuery = (id: string) => read(`/v1/charter-members/${id}`, MemberView);
export const checksQuery = (id: string) => read(`/v1/charter-members/${id}/commitments`, CheckPage);

async function write<Out extends z.ZodType>(
  path: `/v1/${string}`,
  returns: Out,
  body: unknown,
): Promise<z.output<Out>> {
  const stored = await call(path, { method: 'PUT', body, returns });
  await queries.invalidateQueries({ queryKey: [CHARTER_KEY] });
  await queries.invalidateQueries({ queryKey: ['spaces'] });
  return stored;
}

export const putMember = (id: string, body: object) => write(`/v1/charter-members/${id}`, MemberView, body);
export const putApplication = (id: string, body: object) =>
  write(`/v1/charter-members/${id}/application`, MemberView, body);
/** An act under an id of its own, so that a second tap changes nothing. */
export const actOnMember = (memberId: string, what: string, body: object = {}, id = newId()) =>
  write(`/v1/charter-members/${memberId}/${what}/${id}`, MemberView, body);
export const putAppeal = (id: string, body: object) => write(`/v1/charter-appeals/${id}`, MemberView, body);
export const decideAppeal = (id: string, body: object) =>
  write(`/v1/charter-appeals/${id}/decision`, MemberView, body);
export const putDelegation = (id: string, body: object) =>
  write(`/v1/delegations/${id}`, DelegationView, body);
export async function revokeDelegation(id: string): Promise<void> {
  await call(`/v1/delegations/${id}`, { method: 'DELETE', returns: DelegationView });
  await queries.invalidateQueries({ queryKey: [CHARTER_KEY] });
}
export const putVersion = (id: string, body: object) =>
  write(`/v1/charter-versions/${id}`, CharterVersionView, body);
export const publishVersion = (id: string, renewBy: string) =>
  write(`/v1/charter-versions/${id}/publication`, CharterVersionView, { renewBy });
export const putComment = (id: string, body: object) =>
  write(`/v1/charter-comments/${id}`, CommentView, body);
