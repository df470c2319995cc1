import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { formText } from '../../components/form-text';
import { dayText } from '../../i18n/days';
import { organisationsQuery, placesQuery, type OfStay } from './api';
import { Line, Pick, Text } from './fields';

function StepForm({
  step,
  at,
  bodyOf,
  name,
  children,
}: {
  step: OfStay['step'];
  at: string;
  bodyOf: (text: (name: string) => string) => object;
  name: ReactNode;
  children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    step.mutate({ at, body: bodyOf((field) => formText(form, field)) });
  };
  return (
    <form onSubmit={submit}>
      {children}
      <p>
        <button type="submit" className="pill pill-strong" disabled={step.isPending}>
          {name}
        </button>
      </p>
    </form>
  );
}

/** The place and who answers for it in law are two choices. */
export function MatchForm({ stay, step }: OfStay) {
  const { data: organisations = [] } = useQuery(organisationsQuery);
  const { data: places = [] } = useQuery(placesQuery);
  const offered = [{ fromDay: stay.fromDay, untilDay: stay.untilDay }, ...stay.alternatives];
  const body = (text: (name: string) => string) => {
    const [fromDay, untilDay] = text('dates').split('/');
    return {
      stayPlaceId: text('stayPlaceId'),
      legalHostId: text('legalHostId'),
      tutorName: text('tutorName'),
      fromDay,
      untilDay,
    };
  };
  return (
    <StepForm step={step} at="match" bodyOf={body} name={<Trans>Propose this host</Trans>}>
      <div className="stays-two">
        <Pick
          name="stayPlaceId"
          label={<Trans>Stay place</Trans>}
          choices={places.map(({ id, name, city }) => ({ value: id, text: `${city} · ${name}` }))}
        />
        <Pick
          name="legalHostId"
          label={<Trans>Legal host</Trans>}
          choices={organisations.map(({ id, name, country }) => ({
            value: id,
            text: `${name} (${country})`,
          }))}
        />
        <Line name="tutorName" label={<Trans>Tutor</Trans>} />
        <Pick
          name="dates"
          label={<Trans>Days</Trans>}
          choices={offered.map(({ fromDay, untilDay }) => ({
            value: `${fromDay}/${untilDay}`,
            text: `${dayText(fromDay)} – ${dayText(untilDay)}`,
          }))}
        />
      </div>
    </StepForm>
  );
}

export function AgreementForm({ step }: OfStay) {
  const fields = [
    ['functionsObserved', <Trans key="f">Functions observed</Trans>],
    ['insurance', <Trans key="i">Insurance</Trans>],
    ['confidentiality', <Trans key="c">Confidentiality</Trans>],
    ['intellectualProperty', <Trans key="p">Intellectual property</Trans>],
    ['dataProtection', <Trans key="d">Data protection</Trans>],
    ['expenses', <Trans key="e">Expenses</Trans>],
  ] as const;
  const body = (text: (name: string) => string) =>
    Object.fromEntries(fields.map(([name]) => [name, text(name)]));
  return (
    <StepForm step={step} at="agreement" bodyOf={body} name={<Trans>Send it to be signed</Trans>}>
      {fields.map(([name, label]) => (
        <Text key={name} name={name} label={label} />
      ))}
    </StepForm>
  );
}

/** Guest and host each say what they have learnt; whoever is both files for the guest first. */
export function StatementForm({ stay, step }: OfStay) {
  const side = stay.nextBy.find((next) => stay.mySides.includes(next));
  const body = (text: (name: string) => string) => ({
    side,
    learnt: text('learnt'),
    changes: text('changes'),
  });
  return (
    <StepForm step={step} at="statement" bodyOf={body} name={<Trans>File it</Trans>}>
      <Text name="learnt" label={<Trans>What you have learnt</Trans>} />
      <Text name="changes" label={<Trans>What you will do differently</Trans>} isOptional />
    </StepForm>
  );
}
