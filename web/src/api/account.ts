import { MembershipView } from '@wire/identity/organisation.schema.js';
import { AcceptedView, PersonView } from '@wire/identity/person.schema.js';
import type { Language } from '@wire/kernel/wire.js';
import { queries } from '../app/queries';
import { call } from './call';
import { sessionQuery } from './session';
import type { LinkSecret } from '../pages/account/link-secret';

export type NewPerson = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
};

/** The server answers the same whether the address is known or not; a mail tells its owner. */
export const register = (id: string, person: NewPerson) =>
  call(`/v1/people/${id}`, { method: 'PUT', body: person, returns: PersonView });

export const confirmAddress = ({ id, token }: LinkSecret) =>
  call(`/v1/people/${id}/email-confirmation`, { method: 'PUT', body: { token }, returns: PersonView });

export const askForReset = (email: string) =>
  call('/v1/password-resets', { method: 'POST', body: { email }, returns: AcceptedView });

export const choosePassword = ({ id, token }: LinkSecret, password: string) =>
  call(`/v1/password-resets/${id}`, { method: 'PUT', body: { token, password }, returns: AcceptedView });

export async function acceptInvitation({ id, token }: LinkSecret) {
  const membership = await call(`/v1/invitations/${id}/acceptance`, {
    method: 'PUT',
    body: { token },
    returns: MembershipView,
  });
  await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  return membership;
}
