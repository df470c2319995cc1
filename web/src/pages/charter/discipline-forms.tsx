import { Trans, useLingui } from '@lingui/react/macro';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { GROUNDS } from '@wire/charter/member.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState, type ReactNode } from 'react';
import { actOnMember, decideAppeal, type Member } from '../../api/charter';
import { Fault } from './joining-forms';
import { groundText } from './words';

const REASONS_LENGTH_MIN = 20;

/** A step against a member is open to be read before it is open to be taken. */
function Folded({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <details className="charter-folded">
      <summary>{name}</summary>
      {children}
    </details>
  );
}

export function SuspendForm({ memberId }: { memberId: string }) {
  const { t } = useLingui();
  const [id] = useState(() => newId());
  const form = useForm({ initialValues: { ground: 'CHARTER_BREACH', reasons: '', untilDay: '' } });
  const suspend = useMutation({
    mutationFn: ({ untilDay, ...body }: typeof form.values) =>
      actOnMember(memberId, 'suspensions', { ...body, untilDay: untilDay || null }, id),
  });
  return (
    <Folded name={<Trans>Suspend</Trans>}>
      <form className="charter-form" onSubmit={form.onSubmit((values) => suspend.mutate(values))}>
        <p>
          <Trans>
            It takes no new bookings at once; what is booked stays. It is told the reasons and can appeal.
          </Trans>
        </p>
        <NativeSelect
          label={t`Ground`}
          data={GROUNDS.map((value) => ({ value, label: groundText(value) }))}
          {...form.getInputProps('ground')}
        />
        <Reasons {...form.getInputProps('reasons')} />
        <TextInput
          type="date"
          label={t`Last day`}
          description={t`Leave it empty until somebody decides.`}
          {...form.getInputProps('untilDay')}
        />
        <Fault error={suspend.error} />
        <Button type="submit" color="tomette" loading={suspend.isPending}>
          <Trans>Suspend</Trans>
        </Button>
      </form>
    </Folded>
  );
}

export function LeaveForm({ memberId }: { memberId: string }) {
  const { t } = useLingui();
  const [id] = useState(() => newId());
  const form = useForm({ initialValues: { day: '', reasons: '' } });
  const end = useMutation({
    mutationFn: (values: typeof form.values) => actOnMember(memberId, 'terminations', values, id),
  });
  return (
    <Folded name={<Trans>End the membership</Trans>}>
      <form className="charter-form" onSubmit={form.onSubmit((values) => end.mutate(values))}>
        <p>
          <Trans>It is told at least thirty days before, and can appeal.</Trans>
        </p>
        <TextInput type="date" label={t`Ends on`} required {...form.getInputProps('day')} />
        <Reasons {...form.getInputProps('reasons')} />
        <Fault error={end.error} />
        <Button type="submit" color="tomette" loading={end.isPending}>
          <Trans>End the membership</Trans>
        </Button>
      </form>
    </Folded>
  );
}

export function SettleForm({ memberId }: { memberId: string }) {
  const { t } = useLingui();
  const [id] = useState(() => newId());
  const form = useForm({ initialValues: { paymentPlan: '' } });
  const settle = useMutation({
    mutationFn: ({ paymentPlan }: typeof form.values) =>
      actOnMember(memberId, 'final-settlements', { paymentPlan: paymentPlan || null }, id),
  });
  return (
    <form className="charter-form" onSubmit={form.onSubmit((values) => settle.mutate(values))}>
      <h2>
        <Trans>Final settlement</Trans>
      </h2>
      <p>
        <Trans>
          When nothing is owed and nobody is still to come, its signature is ended. It stays on the page.
        </Trans>
      </p>
      <Textarea
        label={t`Payment plan`}
        description={t`Only if something is still owed.`}
        autosize
        {...form.getInputProps('paymentPlan')}
      />
      <Fault error={settle.error} />
      <Button type="submit" color="tomette" loading={settle.isPending}>
        <Trans>Settle and end</Trans>
      </Button>
    </form>
  );
}

/** By somebody who did not take the step. */
export function AppealAnswer({ appeal }: { appeal: Member['appeals'][number] }) {
  const form = useForm({ initialValues: { statement: '' } });
  const answer = useMutation({
    mutationFn: (outcome: 'UPHELD' | 'REJECTED') =>
      decideAppeal(appeal.id, { outcome, statement: form.values.statement }),
  });
  const isReady = form.values.statement.trim().length >= REASONS_LENGTH_MIN;
  return (
    <div className="charter-form charter-stop">
      <h2>
        <Trans>It appeals</Trans>
      </h2>
      <p dir="auto">{appeal.text}</p>
      <Reasons {...form.getInputProps('statement')} />
      <Fault error={answer.error} />
      <div className="charter-acts">
        <Button
          color="tomette"
          disabled={!isReady}
          loading={answer.isPending}
          onClick={() => answer.mutate('UPHELD')}
        >
          <Trans>Uphold: let it back in</Trans>
        </Button>
        <Button variant="default" disabled={!isReady} onClick={() => answer.mutate('REJECTED')}>
          <Trans>Reject</Trans>
        </Button>
      </div>
    </div>
  );
}

function Reasons(props: object) {
  const { t } = useLingui();
  return (
    <Textarea
      label={t`Reasons, for the member`}
      description={t`At least a sentence.`}
      required
      autosize
      minRows={3}
      minLength={REASONS_LENGTH_MIN}
      {...props}
    />
  );
}
