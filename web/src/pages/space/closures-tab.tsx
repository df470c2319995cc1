import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { announceClosure, closuresQuery, withdrawClosure, type Closure } from '../../api/calls';
import { problemText } from '../../api/problem-text';
import { dayText, todayAt } from '../../i18n/days';
import { useOffice } from './rights';
import './closures-tab.css';

const REASON_LENGTH_MAX = 500;

/** Days on which the space cannot serve, and how far its guests are with their answers. */
export function ClosuresTab() {
  const { space, isManager } = useOffice();
  const { data: closures, error } = useQuery(closuresQuery(space.id));
  return (
    <section>
      <h1>
        <Trans>Closures</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          Announce days on which you cannot serve. Each guest is offered the nearest free desk, never worse
          than yours, or gets everything back. What it costs more is borne by your network.
        </Trans>
      </p>
      {error && <p role="alert">{problemText(error)}</p>}
      {closures?.length === 0 && (
        <p className="closure-none">
          <Trans>No closure is announced.</Trans>
        </p>
      )}
      <ul className="closure-list">
        {closures?.map((closure) => (
          <Announced key={closure.id} closure={closure} isManager={isManager} />
        ))}
      </ul>
      {isManager && <Announce />}
    </section>
  );
}

function Announced({ closure, isManager }: { closure: Closure; isManager: boolean }) {
  const { fromDay, untilDay, reason, withdrawnAt, progress } = closure;
  const withdrawal = useMutation({ mutationFn: () => withdrawClosure(closure.id) });
  const { affected } = progress;
  const answered = affected - progress.sought - progress.open;
  const from = dayText(fromDay);
  const until = untilDay && dayText(untilDay);
  return (
    <li className="closure">
      <h2>
        {until ? (
          <Trans>
            {from} to {until}
          </Trans>
        ) : (
          <Trans>From {from} on, for good</Trans>
        )}
      </h2>
      <p dir="auto">{reason}</p>
      {withdrawnAt && (
        <p>
          <Trans>Withdrawn. Whoever had accepted another seat keeps it.</Trans>
        </p>
      )}
      <p role="status">
        <Trans>
          {answered} of {affected} guests are settled
        </Trans>
      </p>
      <progress value={answered} max={Math.max(affected, 1)} aria-label={reason} />
      <Counts progress={progress} />
      {withdrawal.error && (
        <p className="form-fault" role="alert">
          {problemText(withdrawal.error)}
        </p>
      )}
      {isManager && !withdrawnAt && (
        <button type="button" className="text-button" onClick={() => withdrawal.mutate()}>
          <Trans>Withdraw: we open after all</Trans>
        </button>
      )}
    </li>
  );
}

function Counts({ progress }: Pick<Closure, 'progress'>) {
  const { accepted, declined, lapsed, unitBack, sought, open } = progress;
  const back = declined + lapsed + unitBack;
  const waiting = sought + open;
  return (
    <dl className="closure-counts">
      <dt>
        <Trans>Took another seat</Trans>
      </dt>
      <dd>{accepted}</dd>
      <dt>
        <Trans>Got everything back</Trans>
      </dt>
      <dd>{back}</dd>
      <dt>
        <Trans>Have yet to answer</Trans>
      </dt>
      <dd>{waiting}</dd>
    </dl>
  );
}

function Announce() {
  const { t } = useLingui();
  const { space } = useOffice();
  const [id, setId] = useState(() => newId());
  const form = useForm({ initialValues: { fromDay: '', untilDay: '', reason: '' } });
  const announcement = useMutation({
    mutationFn: ({ fromDay, untilDay, reason }: typeof form.values) =>
      announceClosure(id, { spaceId: space.id, fromDay, untilDay: untilDay || null, reason }),
    onSuccess: () => {
      form.reset();
      setId(newId());
    },
  });
  return (
    <form className="closure-new" onSubmit={form.onSubmit((values) => announcement.mutate(values))}>
      <h2>
        <Trans>Announce a closure</Trans>
      </h2>
      <TextInput
        type="date"
        label={t`First closed day`}
        min={todayAt(space.timeZone).toString()}
        required
        withAsterisk={false}
        {...form.getInputProps('fromDay')}
      />
      <TextInput
        type="date"
        label={t`Last closed day`}
        description={t`Leave it empty to close for good.`}
        min={form.values.fromDay}
        {...form.getInputProps('untilDay')}
      />
      <Textarea
        label={t`Reason, for your guests`}
        required
        withAsterisk={false}
        maxLength={REASON_LENGTH_MAX}
        {...form.getInputProps('reason')}
      />
      {announcement.error && (
        <p className="form-fault" role="alert">
          {problemText(announcement.error)}
        </p>
      )}
      <Button type="submit" color="tomette" loading={announcement.isPending}>
        <Trans>Announce it</Trans>
      </Button>
    </form>
  );
}
