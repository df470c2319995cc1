import { Trans, useLingui } from '@lingui/react/macro';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { SCORE_MAX, TOPICS, VAT_REGIMES } from '@wire/charter/member.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { actOnMember, putApplication, type Member } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { topicText, vatText } from './words';

const SCORES = Array.from({ length: SCORE_MAX + 1 }, (_, score) => score);
const EVIDENCE_LENGTH_MAX = 4000;

/** Who runs the space, for whoever signs with it and pays it. */
export function ApplicationForm({ member }: { member: Member }) {
  const { t } = useLingui();
  const form = useForm({
    initialValues: { legalName: member.organisation.name, address: '', vatRegime: 'STANDARD', openSince: '' },
  });
  const apply = useMutation({ mutationFn: (values: object) => putApplication(member.id, values) });
  return (
    <form className="charter-form" onSubmit={form.onSubmit((values) => apply.mutate(values))}>
      <h2>
        <Trans>Apply</Trans>
      </h2>
      <TextInput label={t`Name of the organisation`} required {...form.getInputProps('legalName')} />
      <TextInput label={t`Address`} required {...form.getInputProps('address')} />
      <NativeSelect
        label={t`VAT status`}
        data={VAT_REGIMES.map((value) => ({ value, label: vatText(value) }))}
        {...form.getInputProps('vatRegime')}
      />
      <TextInput type="date" label={t`Open since`} required {...form.getInputProps('openSince')} />
      <Fault error={apply.error} />
      <Button type="submit" color="tomette" loading={apply.isPending}>
        <Trans>Apply</Trans>
      </Button>
    </form>
  );
}

/** Ten topics, from nothing to exemplary; each score with what shows it. */
export function AssessmentForm({ member }: { member: Member }) {
  const { t } = useLingui();
  const [id, setId] = useState(() => newId());
  const last = member.assessment?.answers;
  const [answers, setAnswers] = useState(() =>
    TOPICS.map(
      (topic) => last?.find((answer) => answer.topic === topic) ?? { topic, score: 1, evidence: '' },
    ),
  );
  const assess = useMutation({
    mutationFn: () => actOnMember(member.id, 'assessments', { answers }, id),
    onSettled: () => setId(newId()),
  });
  const change = (at: number, changed: Partial<(typeof answers)[number]>) =>
    setAnswers(answers.map((answer, index) => (index === at ? { ...answer, ...changed } : answer)));
  return (
    <form
      className="charter-form"
      onSubmit={(event) => {
        event.preventDefault();
        assess.mutate();
      }}
    >
      <h2>
        <Trans>Yearly self-assessment</Trans>
      </h2>
      <p>
        <Trans>From 0, nothing yet, to 5, others come to learn. Say for each score what shows it.</Trans>
      </p>
      {answers.map(({ topic, score, evidence }, at) => (
        <fieldset key={topic} className="charter-topic">
          <legend>{topicText(topic)}</legend>
          <div className="charter-scores">
            {SCORES.map((value) => (
              <label key={value}>
                <input
                  type="radio"
                  name={topic}
                  value={value}
                  checked={score === value}
                  onChange={() => change(at, { score: value })}
                />
                {value}
              </label>
            ))}
          </div>
          <Textarea
            aria-label={t`What shows it`}
            placeholder={t`What shows it`}
            autosize
            maxLength={EVIDENCE_LENGTH_MAX}
            required={score > 0}
            value={evidence}
            onChange={(event) => change(at, { evidence: event.currentTarget.value })}
          />
        </fieldset>
      ))}
      <Fault error={assess.error} />
      <Button type="submit" color="tomette" loading={assess.isPending}>
        <Trans>Hand in the assessment</Trans>
      </Button>
    </form>
  );
}

export function Fault({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className="form-fault" role="alert">
      {problemText(error)}
    </p>
  );
}
