import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { putAppeal, type Member } from '../../api/charter';
import { Fault } from './joining-forms';
import { groundText } from './words';

const TEXT_LENGTH_MAX = 4000;

/** Why the space was stopped, and its word against it. */
export function Appeal({ member }: { member: Member }) {
  const { t } = useLingui();
  const [id] = useState(() => newId());
  const [text, setText] = useState('');
  const appeal = useMutation({ mutationFn: () => putAppeal(id, { memberId: member.id, text }) });
  const [step] = member.steps;
  if (!step || !['SUSPEND', 'LAPSE', 'TERMINATE'].includes(step.command)) return null;
  const made = member.appeals.find(({ stepId }) => stepId === step.id);
  return (
    <div className="charter-form">
      {step.ground && (
        <p className="charter-stop">
          <strong>{groundText(step.ground)}.</strong> <span dir="auto">{step.reasons}</span>
        </p>
      )}
      {made?.outcome === 'REJECTED' && (
        <p dir="auto">
          <Trans>Your appeal was rejected:</Trans> {made.statement}
        </p>
      )}
      {made && made.outcome === null && (
        <p role="status">
          <Trans>You have appealed. Somebody who did not decide before will answer.</Trans>
        </p>
      )}
      {!made && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            appeal.mutate();
          }}
        >
          <Textarea
            label={t`Appeal: what should be looked at again`}
            required
            autosize
            minRows={3}
            maxLength={TEXT_LENGTH_MAX}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Fault error={appeal.error} />
          <div className="charter-acts">
            <Button type="submit" variant="default" loading={appeal.isPending}>
              <Trans>Appeal</Trans>
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
