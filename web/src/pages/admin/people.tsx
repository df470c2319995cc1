import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ImpersonationView, type FoundPersonView } from '@wire/identity/impersonation.schema.js';
import { MembershipView } from '@wire/identity/organisation.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState, type FormEvent } from 'react';
import { forgetAnswers } from '../../app/queries';
import { call } from '../../api/call';
import { formText } from '../../components/form-text';
import { ROLE_NAMES } from '../home/role-names';
import { Fault } from '../security/proof-dialog';
import { organisationsQuery, peopleQuery, useAdminAct } from './api';
import { signInProblemText } from '../security/problem-words';

/** Finds somebody, gives and ends their roles, and looks with their eyes. */
export function People() {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const { data, error } = useQuery(peopleQuery(text));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setText(formText(new FormData(event.currentTarget), 'text').trim());
  };
  return (
    <section className="security-part">
      <h2>
        <Trans>People</Trans>
      </h2>
      <form className="security-form" role="search" onSubmit={submit}>
        <label>
          <Trans>Name or address, or a part of one</Trans>
          <input name="text" type="search" minLength={2} maxLength={100} required placeholder={t`E-mail`} />
        </label>
        <Button type="submit" color="tomette">
          <Trans>Find</Trans>
        </Button>
      </form>
      {error && <Fault text={signInProblemText(error)} />}
      {data?.items.length === 0 && (
        <p className="security-note" role="status">
          <Trans>Nobody has that name or address.</Trans>
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className="security-rows">
          {data.items.map((person) => (
            <Person key={person.id} person={person} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Person({ person }: { person: FoundPersonView }) {
  const isOperator = person.memberships.some(({ role }) => role === 'platform_admin');
  return (
    <li>
      <div>
        <strong>
          <bdi>{person.name}</bdi>
        </strong>
        <small>
          <bdi>{person.email}</bdi>
          {person.hasFactor && (
            <>
              {' · '}
              <Trans>passkey or app</Trans>
            </>
          )}
          {person.switchedOffAt && (
            <>
              {' · '}
              <Trans>switched off</Trans>
            </>
          )}
        </small>
      </div>
      <div className="admin-wide security-part">
        {person.memberships.map((membership) => (
          <Membership key={membership.id} membership={membership} />
        ))}
        {!person.switchedOffAt && <Grant personId={person.id} />}
        {!person.switchedOffAt && !isOperator && <Look personId={person.id} />}
      </div>
    </li>
  );
}

function Membership({
  membership: { id, role, organisationName },
}: {
  membership: FoundPersonView['memberships'][number];
}) {
  const { i18n } = useLingui();
  const ending = useAdminAct(() =>
    call(`/v1/memberships/${id}`, { method: 'DELETE', returns: MembershipView }),
  );
  const name = ROLE_NAMES[role] ? i18n._(ROLE_NAMES[role]) : role;
  return (
    <div className="admin-acts">
      <span>
        {name} · <bdi>{organisationName}</bdi>
      </span>
      <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
        <Trans>End the role</Trans>
      </Button>
      {ending.error && <Fault text={signInProblemText(ending.error)} />}
    </div>
  );
}

/** Which roles an organisation of a kind has; the server decides. */
const ROLES_OF: Readonly<Record<string, readonly string[]>> = {
  operator: ['space_manager', 'space_staff', 'facilitator', 'nomad'],
  network: ['network_admin', 'network_treasurer', 'facilitator', 'researcher', 'nomad'],
  institution: ['public_sponsor', 'researcher', 'nomad', 'platform_admin'],
};

function Grant({ personId }: { personId: string }) {
  const { t, i18n } = useLingui();
  const { data } = useQuery(organisationsQuery);
  const [organisationId, setOrganisation] = useState('');
  const granting = useAdminAct((role: string) =>
    call(`/v1/memberships/${newId()}`, {
      method: 'PUT',
      body: { personId, organisationId, role },
      returns: MembershipView,
    }),
  );
  const kind = data?.items.find(({ id }) => id === organisationId)?.kind ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    granting.mutate(formText(new FormData(event.currentTarget), 'role'));
  };
  return (
    <details>
      <summary>
        <Trans>Give a role</Trans>
      </summary>
      <form className="admin-acts" onSubmit={submit}>
        <select
          aria-label={t`Organisation`}
          required
          value={organisationId}
          onChange={(event) => setOrganisation(event.currentTarget.value)}
        >
          <option value="">{t`Choose an organisation`}</option>
          {data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        {organisationId && (
          <select name="role" aria-label={t`Role`} required>
            {(ROLES_OF[kind] ?? []).map((role) => (
              <option key={role} value={role}>
                {ROLE_NAMES[role] ? i18n._(ROLE_NAMES[role]) : role}
              </option>
            ))}
          </select>
        )}
        <Button type="submit" variant="default" loading={granting.isPending}>
          <Trans>Give it</Trans>
        </Button>
        {granting.error && <Fault text={signInProblemText(granting.error)} />}
      </form>
    </details>
  );
}

function Look({ personId }: { personId: string }) {
  const looking = useMutation({
    mutationFn: (reason: string) =>
      call(`/v1/impersonations/${newId()}`, {
        method: 'PUT',
        body: { personId, reason },
        returns: ImpersonationView,
      }),
    // What the device knows is the operator's: the page begins anew, as theirs.
    onSuccess: async () => {
      await forgetAnswers();
      location.assign('/me');
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    looking.mutate(formText(new FormData(event.currentTarget), 'reason'));
  };
  return (
    <details>
      <summary>
        <Trans>Look with their eyes</Trans>
      </summary>
      <form className="security-form" onSubmit={submit}>
        <p className="security-note">
          <Trans>For fifteen minutes, and without changing anything. The person reads your reason.</Trans>
        </p>
        <label>
          <Trans>Why</Trans>
          <input name="reason" minLength={10} maxLength={300} required autoComplete="off" />
        </label>
        {looking.error && <Fault text={signInProblemText(looking.error)} />}
        <Button type="submit" variant="default" loading={looking.isPending}>
          <Trans>Look now</Trans>
        </Button>
      </form>
    </details>
  );
}
