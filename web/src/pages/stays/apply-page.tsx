import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { newId } from '@wire/kernel/ids.js';
import { LANGUAGES } from '@wire/kernel/wire.js';
import type { StayCallView } from '@wire/stays/call.schema.js';
import { StayView } from '@wire/stays/stay.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { queries } from '../../app/queries';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { basesQuery, callsQuery, organisationsQuery, placesQuery, stayQuery, staysQuery } from './api';
import { Fault, Line, Pick, Text, Tick } from './fields';
import { basisText, directionText } from './words';

/** A new application, or a draft opened again. */
export function ApplyPage({ callId, stayId }: { callId: string; stayId: string | undefined }) {
  const { t } = useLingui();
  useTitle(t`Apply`);
  const { data: calls } = useQuery(callsQuery);
  const { data: draft } = useQuery({ ...stayQuery(stayId ?? ''), enabled: stayId !== undefined });
  const { data: organisations } = useQuery(organisationsQuery);
  const { data: places } = useQuery(placesQuery);
  const one = calls?.find(({ id }) => id === callId);
  if (!one || !organisations || !places || (stayId && !draft)) return null;
  return (
    <section className="stays">
      <h1>
        <Trans>Apply for a stay</Trans>
      </h1>
      <p className="stays-lead">
        {one.title} · {directionText(one.direction)}
      </p>
      <Form call={one} draft={draft} organisations={organisations} places={places} />
    </section>
  );
}

type Named = { readonly id: string; readonly name: string };
type FormOf = {
  readonly call: StayCallView;
  readonly draft: StayView | undefined;
  readonly organisations: readonly (Named & { kind: string })[];
  readonly places: readonly (Named & { city: string })[];
};

function Form({ call: one, draft, organisations, places }: FormOf) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [id] = useState(() => draft?.id ?? newId());
  const saving = useMutation({
    mutationFn: (body: object) => call(`/v1/stays/${id}`, { method: 'PUT', body, returns: StayView }),
    onSuccess: async (stay) => {
      queries.setQueryData(stayQuery(id).queryKey, stay);
      await queries.invalidateQueries({ queryKey: staysQuery.queryKey, exact: true });
      await navigate({ to: '/me/stays/$', params: { _splat: id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    saving.mutate(applicationOf(new FormData(event.currentTarget), one.id));
  };
  const statuses = [
    { value: 'CIVIL_SERVANT', text: t`Civil servant` },
    { value: 'EMPLOYEE', text: t`Employee` },
    { value: 'SELF_EMPLOYED', text: t`Self-employed` },
  ];
  const employers = organisations.filter(({ kind }) => kind !== 'network');
  const choices = (named: readonly Named[]) => named.map(({ id: value, name }) => ({ value, text: name }));
  return (
    <form onSubmit={submit}>
      <div className="stays-two">
        <Pick
          name="employerId"
          label={<Trans>Who sends you</Trans>}
          value={draft?.employer.id}
          choices={choices(employers)}
        />
        <Pick name="status" label={<Trans>You are</Trans>} value={draft?.status} choices={statuses} />
        <Basis call={one} value={draft?.legalBasis} />
        <Pick
          name="originSpaceId"
          label={<Trans>You travel from</Trans>}
          value={draft?.originSpaceId}
          choices={places.map(({ id: value, name, city }) => ({ value, text: `${city} · ${name}` }))}
        />
        <Line name="fromDay" type="date" label={<Trans>First day</Trans>} value={draft?.fromDay} />
        <Line name="untilDay" type="date" label={<Trans>Last day</Trans>} value={draft?.untilDay} />
        <Line
          name="days"
          type="number"
          min={1}
          max={200}
          label={<Trans>Days there</Trans>}
          value={draft?.days}
        />
        <Line
          name="travelDays"
          type="number"
          min={0}
          max={6}
          label={<Trans>Days of travel</Trans>}
          value={draft?.travelDays ?? 0}
        />
        <Line
          name="earlierDays"
          type="number"
          min={0}
          max={200}
          label={<Trans>Days already spent elsewhere on this basis, in three years</Trans>}
          value={draft?.earlierDays ?? 0}
        />
      </div>
      <Text name="motivation" label={<Trans>Why you want to go</Trans>} value={draft?.motivation} />
      <Text name="questions" label={<Trans>Questions you take with you</Trans>} value={draft?.questions} />
      <fieldset className="stays-acts">
        <legend>
          <Trans>Languages you speak</Trans>
        </legend>
        {LANGUAGES.map((language) => (
          <Tick
            key={language}
            name={`speaks-${language}`}
            label={new Intl.DisplayNames(language, { type: 'language' }).of(language)}
            isOn={draft ? draft.languages.includes(language) : one.languages.includes(language)}
          />
        ))}
      </fieldset>
      <Tick name="isGreen" label={<Trans>I travel by train, coach or ferry</Trans>} isOn={draft?.isGreen} />
      <Tick
        name="isEarlyAgreed"
        label={<Trans>My employer agrees to less notice</Trans>}
        isOn={draft?.isEarlyAgreed}
      />
      <Fault error={saving.error} />
      <p className="stays-acts">
        <button type="submit" className="pill pill-strong" disabled={saving.isPending}>
          <Trans>Keep the draft</Trans>
        </button>
        <small>
          <Trans>You hand it in on the next page.</Trans>
        </small>
      </p>
    </form>
  );
}

/** Each basis with what it asks for, and where that is written. */
function Basis({ call: one, value }: { call: StayCallView; value: string | undefined }) {
  const { data: bases = [] } = useQuery(basesQuery);
  const offered = bases.filter(({ basis }) => one.legalBases.includes(basis));
  return (
    <div>
      <Pick
        name="legalBasis"
        label={<Trans>Legal basis</Trans>}
        value={value}
        choices={one.legalBases.map((basis) => ({ value: basis, text: basisText(basis) }))}
      />
      <details>
        <summary>
          <Trans>What it asks for</Trans>
        </summary>
        {offered.map(({ basis, source, noticeMonths, daysMin, daysMax, totalDays, totalMonths }) => (
          <p key={basis}>
            <strong>{basisText(basis)}</strong>{' '}
            <bdi dir="ltr">
              {daysMin}–{daysMax ?? '…'}
            </bdi>{' '}
            <Trans>days</Trans>
            {noticeMonths > 0 && (
              <>
                {' · '}
                <Trans>{noticeMonths} months’ notice</Trans>
              </>
            )}
            {totalDays !== null && (
              <>
                {' · '}
                <Trans>
                  {totalDays} days in {totalMonths} months
                </Trans>
              </>
            )}
            <br />
            <small>{source}</small>
          </p>
        ))}
      </details>
    </div>
  );
}

function applicationOf(form: FormData, callId: string): object {
  const text = (name: string) => formText(form, name);
  return {
    callId,
    legalBasis: text('legalBasis'),
    employerId: text('employerId'),
    status: text('status'),
    motivation: text('motivation'),
    questions: text('questions'),
    languages: LANGUAGES.filter((language) => form.has(`speaks-${language}`)),
    fromDay: text('fromDay'),
    untilDay: text('untilDay'),
    days: Number(text('days')),
    originSpaceId: text('originSpaceId'),
    travelDays: Number(text('travelDays')),
    isGreen: form.has('isGreen'),
    isEarlyAgreed: form.has('isEarlyAgreed'),
    earlierDays: Number(text('earlierDays')),
  };
}
