import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { DelegationView } from '@wire/identity/delegation.schema.js';
import type { Task } from '@wire/identity/permission.schema.js';
import { useState } from 'react';
import { delegatedActsQuery, revokeDelegation } from '../../api/charter';
import { dayText } from '../../i18n/days';
import { Fault } from './joining-forms';
import './charter.css';

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** One delegation, named by its other side, with what was done under it. */
export function DelegationRow({
  delegation: { id, organisation, delegate, tasks, untilDay, revokedAt, acts },
  isGiven,
}: {
  delegation: DelegationView;
  isGiven: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const revoke = useMutation({ mutationFn: () => revokeDelegation(id) });
  const until = dayText(untilDay, DATE);
  return (
    <li>
      <strong>{(isGiven ? delegate : organisation).name}</strong>: {tasks.map(taskText).join(', ')}
      <br />
      {revokedAt ? <Trans>Revoked</Trans> : <Trans>until {until}</Trans>}
      <div className="charter-acts">
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Plural value={acts} one="# act on behalf" other="# acts on behalf" />
        </Button>
        {isGiven && !revokedAt && (
          <Button variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            <Trans>Revoke</Trans>
          </Button>
        )}
      </div>
      <Fault error={revoke.error} />
      {isOpen && <Acts id={id} />}
    </li>
  );
}

function Acts({ id }: { id: string }) {
  const { data } = useQuery(delegatedActsQuery(id));
  return (
    <ul className="charter-list">
      {data?.items.map(({ id: actId, at, by, onBehalfOf, method, path }) => {
        const [day, { name }] = [dayText(at.slice(0, 10), DATE), onBehalfOf];
        return (
          <li key={actId}>
            <Trans>
              {day}: {by} on behalf of {name}
            </Trans>{' '}
            <bdi dir="ltr" className="charter-path">{`${method} ${path}`}</bdi>
          </li>
        );
      })}
    </ul>
  );
}

export function taskText(task: Task): string {
  switch (task) {
    case 'CALENDAR':
      return t`Calendar, hours and closures`;
    case 'BOOKINGS':
      return t`Bookings and guests`;
    case 'BILLING':
      return t`Invoices and bank`;
    case 'REPORTS':
      return t`Reports`;
    case 'CHARTER':
      return t`Charter and self-assessment`;
  }
}
