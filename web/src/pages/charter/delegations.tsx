import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { DelegationView } from '@wire/identity/delegation.schema.js';
import { TASKS, type Task } from '@wire/identity/permission.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import {
  delegatedActsQuery,
  delegationsQuery,
  putDelegation,
  revokeDelegation,
  signatoriesOfAllQuery,
} from '../../api/charter';
import { dayText } from '../../i18n/days';
import { useOffice } from '../space/rights';
import { Fault } from './joining-forms';
import './charter.css';

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** Who acts for the space, until when, and what they did. */
export function Delegations() {
  const { space } = useOffice();
  const { data } = useQuery(delegationsQuery(space.operatorId));
  const given = data?.items.filter(({ organisation }) => organisation.id === space.operatorId);
  return (
    <>
      <h2>
        <Trans>Who acts for you</Trans>
      </h2>
      <p>
        <Trans>
          A public body can take work off you for a time. All it does in your name is written down.
        </Trans>
      </p>
      <ul className="charter-list">
        {given?.map((delegation) => (
          <Given key={delegation.id} delegation={delegation} />
        ))}
      </ul>
      <Give />
    </>
  );
}

function Given({
  delegation: { id, delegate, tasks, untilDay, revokedAt, acts },
}: {
  delegation: DelegationView;
}) {
  const [isOpen, setOpen] = useState(false);
  const revoke = useMutation({ mutationFn: () => revokeDelegation(id) });
  const { t } = useLingui();
  const until = dayText(untilDay, DATE);
  return (
    <li>
      <strong>{delegate.name}</strong>: {tasks.map((task) => taskText(task, t)).join(', ')}
      <br />
      {revokedAt ? <Trans>Revoked</Trans> : <Trans>until {until}</Trans>}
      <div className="charter-acts">
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Trans>{acts} acts in your name</Trans>
        </Button>
        {!revokedAt && (
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
        const day = dayText(at.slice(0, 10), DATE);
        return (
          <li key={actId}>
            <Trans>
              {day}: {by} on behalf of {onBehalfOf.name}
            </Trans>{' '}
            <bdi dir="ltr" className="charter-path">{`${method} ${path}`}</bdi>
          </li>
        );
      })}
    </ul>
  );
}

function Give() {
  const { t } = useLingui();
  const { space } = useOffice();
  const { data } = useQuery(signatoriesOfAllQuery);
  const institutions = data?.items.filter(({ kind }) => kind === 'INSTITUTION') ?? [];
  const [id, setId] = useState(() => newId());
  const form = useForm({
    initialValues: { delegateId: '', tasks: [] as string[], fromDay: '', untilDay: '' },
  });
  const give = useMutation({
    mutationFn: (values: typeof form.values) =>
      putDelegation(id, { organisationId: space.operatorId, ...values }),
    onSuccess: () => {
      form.reset();
      setId(newId());
    },
  });
  if (institutions.length === 0)
    return (
      <p className="charter-none">
        <Trans>No institution has signed the charter yet. Those who do can be chosen here.</Trans>
      </p>
    );
  return (
    <form className="charter-form" onSubmit={form.onSubmit((values) => give.mutate(values))}>
      <NativeSelect
        label={t`Institution`}
        required
        data={[
          { value: '', label: '' },
          ...institutions.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
        ]}
        {...form.getInputProps('delegateId')}
      />
      <Checkbox.Group label={t`What it may do`} {...form.getInputProps('tasks')}>
        {TASKS.map((task) => (
          <Checkbox key={task} value={task} label={taskText(task, t)} />
        ))}
      </Checkbox.Group>
      <TextInput type="date" label={t`First day`} required {...form.getInputProps('fromDay')} />
      <TextInput type="date" label={t`Last day`} required {...form.getInputProps('untilDay')} />
      <Fault error={give.error} />
      <Button type="submit" color="tomette" loading={give.isPending}>
        <Trans>Let it act for you</Trans>
      </Button>
    </form>
  );
}

type T = ReturnType<typeof useLingui>['t'];

function taskText(task: Task, t: T): string {
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
