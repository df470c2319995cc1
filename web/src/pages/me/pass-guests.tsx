import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Pass } from '../../api/mine';
import { guestsQuery, inviteGuest, withdrawGuest, type Guest } from '../../api/passes';
import { problemText } from '../../api/problem-text';
import { spacesQuery } from '../../api/spaces';
import { formText } from '../../components/form-text';
import { currentLocale } from '../../i18n/activate';
import { dayText } from '../../i18n/days';
import { Days } from './pass-words';

const WHOLE_DAY = 2;

/** A guest for a day. What it takes from the pass is said before anything is sent. */
export function Guests({ pass }: { pass: Pass }) {
  const { data: guests = [] } = useQuery(guestsQuery(pass.id));
  const [isInviting, setInviting] = useState(false);
  const withdrawing = useMutation({ mutationFn: withdrawGuest });
  return (
    <section>
      <h2>
        <Trans>Guests</Trans>
      </h2>
      <ul className="pass-rows">
        {guests.map((guest) => (
          <li key={guest.id}>
            <span>
              {guest.guestName}
              <small>
                {dayText(guest.day)} · <GuestState state={guest.state} />
              </small>
            </span>
            {['SENT', 'CONFIRMED'].includes(guest.state) && (
              <Button variant="default" onClick={() => withdrawing.mutate(guest)}>
                <Trans>Withdraw</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {withdrawing.error && (
        <p className="form-fault" role="alert">
          {problemText(withdrawing.error)}
        </p>
      )}
      {isInviting ? (
        <Invite pass={pass} onDone={() => setInviting(false)} />
      ) : (
        <Button variant="default" onClick={() => setInviting(true)}>
          <Trans>Invite a guest</Trans>
        </Button>
      )}
    </section>
  );
}

function Invite({ pass, onDone }: { pass: Pass; onDone: () => void }) {
  const { data: spaces = [] } = useQuery(spacesQuery);
  const inviting = useMutation({ mutationFn: inviteGuest, onSuccess: onDone });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => formText(form, name);
    inviting.mutate({
      passId: pass.id,
      name: field('name'),
      email: field('email'),
      spaceId: field('space'),
      day: field('day'),
      part: 'DAY',
      language: currentLocale(),
    });
  };
  return (
    <form className="pass-form" onSubmit={submit}>
      <label>
        <Trans>Guest’s name</Trans>
        <input name="name" required autoComplete="off" />
      </label>
      <label>
        <Trans>E-mail</Trans>
        <input name="email" type="email" required autoComplete="off" />
      </label>
      <label>
        <Trans>Space</Trans>
        <select name="space" required>
          {spaces.map(({ id, name, city }) => (
            <option key={id} value={id}>{`${name}, ${city}`}</option>
          ))}
        </select>
      </label>
      <label>
        <Trans>Day</Trans>
        <input name="day" type="date" required min={pass.validFrom} max={pass.validUntil} />
      </label>
      <p>
        <Cost pass={pass} />
      </p>
      {inviting.error && (
        <p className="form-fault" role="alert">
          {problemText(inviting.error)}
        </p>
      )}
      <Button type="submit" color="tomette" loading={inviting.isPending}>
        <Trans>Send the invitation</Trans>
      </Button>
    </form>
  );
}

function Cost({ pass: { leftHalfDays } }: { pass: Pass }) {
  if (leftHalfDays === null) return <Trans>It counts on your pass as a day of yours.</Trans>;
  return (
    <>
      <Trans>It takes a day from your pass, which comes back if the guest stays away.</Trans>{' '}
      <Trans>
        Then left: <Days halfDays={Math.max(0, leftHalfDays - WHOLE_DAY)} />
      </Trans>
    </>
  );
}

function GuestState({ state }: Pick<Guest, 'state'>) {
  switch (state) {
    case 'SENT':
      return <Trans>Invited</Trans>;
    case 'CONFIRMED':
      return <Trans>Confirmed</Trans>;
    case 'USED':
      return <Trans>Was there</Trans>;
    case 'WITHDRAWN':
      return <Trans>Withdrawn</Trans>;
    case 'LAPSED':
      return <Trans>Did not come</Trans>;
  }
}
