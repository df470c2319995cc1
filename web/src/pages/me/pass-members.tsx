import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Pass } from '../../api/mine';
import { addMember, membersQuery, removeMember } from '../../api/passes';
import { problemText } from '../../api/problem-text';
import { Days } from './pass-words';

/** Who may draw from the team's days. How much is told, where and when is not. */
export function Members({ pass }: { pass: Pass }) {
  const { data: members = [] } = useQuery(membersQuery(pass.id));
  const removing = useMutation({ mutationFn: removeMember });
  return (
    <section>
      <h2>
        <Trans>Team</Trans>
      </h2>
      <p>
        <Trans>You see how many days each has used, never where or when.</Trans>
      </p>
      <ul className="pass-rows">
        {members.map((member) => (
          <li key={member.id}>
            <span>
              {member.name}
              <small>
                <Days halfDays={member.usedHalfDays} />
                {member.limitHalfDays !== null && (
                  <>
                    {' / '}
                    <Days halfDays={member.limitHalfDays} />
                  </>
                )}
              </small>
            </span>
            <Button variant="default" onClick={() => removing.mutate(member)}>
              <Trans>Remove</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <NewMember passId={pass.id} />
    </section>
  );
}

function NewMember({ passId }: { passId: string }) {
  const [email, setEmail] = useState('');
  const [days, setDays] = useState('');
  const adding = useMutation({ mutationFn: addMember, onSuccess: () => setEmail('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate({ passId, email, limitHalfDays: days ? Math.round(Number(days) * 2) : null });
  };
  return (
    <form className="pass-form" onSubmit={submit}>
      <label>
        <Trans>E-mail</Trans>
        <input
          type="email"
          required
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
      </label>
      <label>
        <Trans>Days at most (may be empty)</Trans>
        <input
          type="number"
          min="0.5"
          step="0.5"
          value={days}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
      </label>
      {adding.error && (
        <p className="form-fault" role="alert">
          {problemText(adding.error)}
        </p>
      )}
      <Button type="submit" loading={adding.isPending}>
        <Trans>Add to the team</Trans>
      </Button>
    </form>
  );
}
