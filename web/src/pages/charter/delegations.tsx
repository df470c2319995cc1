import { Trans, useLingui } from '@lingui/react/macro';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { TASKS } from '@wire/identity/permission.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { delegationsQuery, putDelegation, signatoriesOfAllQuery } from '../../api/charter';
import { useSession } from '../../api/session';
import { useOffice } from '../space/rights';
import { DelegationRow, taskText } from './delegation-row';
import { Fault } from './joining-forms';
import './charter.css';

/** Who acts for the space, until when, and what they did. For its own people: what is lent is not lent on. */
export function Delegations() {
  const { space } = useOffice();
  const { data: session } = useSession();
  const isOwn = session?.grants.some(
    ({ organisationId, delegationId }) => organisationId === space.operatorId && !delegationId,
  );
  return isOwn ? <Lent operatorId={space.operatorId} /> : null;
}

function Lent({ operatorId }: { operatorId: string }) {
  const { data } = useQuery(delegationsQuery(operatorId));
  const given = data?.items.filter(({ organisation }) => organisation.id === operatorId);
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
          <DelegationRow key={delegation.id} delegation={delegation} isGiven />
        ))}
      </ul>
      <Lend operatorId={operatorId} />
    </>
  );
}

function Lend({ operatorId }: { operatorId: string }) {
  const { t } = useLingui();
  const { data } = useQuery(signatoriesOfAllQuery);
  const institutions =
    data?.items.filter(({ kind, endedAt }) => kind === 'INSTITUTION' && endedAt === null) ?? [];
  const [id, setId] = useState(() => newId());
  const form = useForm({
    initialValues: { delegateId: '', tasks: [] as string[], fromDay: '', untilDay: '' },
  });
  const lend = useMutation({
    mutationFn: (values: typeof form.values) => putDelegation(id, { organisationId: operatorId, ...values }),
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
    <form className="charter-form" onSubmit={form.onSubmit((values) => lend.mutate(values))}>
      <NativeSelect
        label={t`Institution`}
        required
        data={[
          { value: '', label: '' },
          ...institutions.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
        ]}
        {...form.getInputProps('delegateId')}
      />
      <fieldset className="charter-topic">
        <legend>
          <Trans>What it may do</Trans>
        </legend>
        {TASKS.map((task) => (
          <label key={task} className="charter-check">
            <input
              type="checkbox"
              checked={form.values.tasks.includes(task)}
              onChange={(event) => {
                const others = form.values.tasks.filter((one) => one !== task);
                form.setFieldValue('tasks', event.currentTarget.checked ? [...others, task] : others);
              }}
            />
            {taskText(task)}
          </label>
        ))}
      </fieldset>
      <TextInput type="date" label={t`First day`} required {...form.getInputProps('fromDay')} />
      <TextInput type="date" label={t`Last day`} required {...form.getInputProps('untilDay')} />
      <Fault error={lend.error} />
      <Button
        type="submit"
        color="tomette"
        disabled={form.values.tasks.length === 0}
        loading={lend.isPending}
      >
        <Trans>Let it act for you</Trans>
      </Button>
    </form>
  );
}
