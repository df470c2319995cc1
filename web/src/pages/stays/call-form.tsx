import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { newId } from '@wire/kernel/ids.js';
import { LANGUAGES } from '@wire/kernel/wire.js';
import { StayCallView } from '@wire/stays/call.schema.js';
import { DIRECTIONS, GRANT_SCHEMES, LEGAL_BASES } from '@wire/stays/stay.words.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { queries } from '../../app/queries';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { callsQuery, organisationsQuery } from './api';
import { Fault, Line, Pick, Text, Tick } from './fields';
import { basisText, directionText } from './words';

const CENTS = 100;

/** A call of a network that I coordinate. */
export function NewCall() {
  const { t } = useLingui();
  useTitle(t`Open a call`);
  const { data: session } = useSession();
  const { data: organisations = [] } = useQuery(organisationsQuery);
  const navigate = useNavigate();
  const [id] = useState(() => newId());
  const opening = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/stay-calls/${id}`, { method: 'PUT', body, returns: StayCallView }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: callsQuery.queryKey });
      await navigate({ to: '/stays/$', params: { _splat: 'office' } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(callOf(new FormData(event.currentTarget)));
  };
  const own = new Set(
    session?.grants.filter(({ role }) => role === 'network_admin').flatMap(({ networkIds }) => networkIds),
  );
  const named = organisations.map(({ id: value, name }) => ({ value, text: name }));
  const schemes = { ERASMUS_STAFF_2025: 'Erasmus+ 2025', PEER_TO_PEER: 'ECHN', NONE: t`No grant` };
  return (
    <section className="stays">
      <h1>
        <Trans>Open a call</Trans>
      </h1>
      <form onSubmit={submit}>
        <Line name="title" label={<Trans>Title</Trans>} />
        <Text name="summary" label={<Trans>In a few sentences</Trans>} isOptional />
        <div className="stays-two">
          <Line name="programme" label={<Trans>Programme</Trans>} />
          <Pick
            name="networkId"
            label={<Trans>Network</Trans>}
            choices={named.filter(({ value }) => own.has(value))}
          />
          <Pick
            name="direction"
            label={<Trans>Direction</Trans>}
            choices={DIRECTIONS.map((value) => ({ value, text: directionText(value) }))}
          />
          <Line name="slots" type="number" min={1} max={500} label={<Trans>Places</Trans>} value={5} />
          <Line name="opensOn" type="date" label={<Trans>Applications from</Trans>} />
          <Line name="closesOn" type="date" label={<Trans>Applications until</Trans>} />
          <Line name="fromDay" type="date" label={<Trans>Stays from</Trans>} />
          <Line name="untilDay" type="date" label={<Trans>Stays until</Trans>} />
          <Pick name="grantBodyId" label={<Trans>Who grants</Trans>} choices={named} />
          <Pick
            name="grantScheme"
            label={<Trans>Grant</Trans>}
            choices={GRANT_SCHEMES.map((value) => ({ value, text: schemes[value] }))}
          />
          <Line name="budget" type="number" min={0} label={<Trans>Budget</Trans>} />
          <Line
            name="first"
            type="number"
            min={0}
            max={100}
            label={<Trans>Paid before, in percent</Trans>}
            value={80}
          />
        </div>
        <fieldset className="stays-acts">
          <legend>
            <Trans>Legal bases</Trans>
          </legend>
          {LEGAL_BASES.map((basis) => (
            <Tick key={basis} name={`basis-${basis}`} label={basisText(basis)} />
          ))}
        </fieldset>
        <fieldset className="stays-acts">
          <legend>
            <Trans>Languages of the hosts</Trans>
          </legend>
          {LANGUAGES.map((language) => (
            <Tick
              key={language}
              name={`speaks-${language}`}
              label={new Intl.DisplayNames(language, { type: 'language' }).of(language)}
            />
          ))}
        </fieldset>
        <Fault error={opening.error} />
        <p>
          <button type="submit" className="pill pill-strong" disabled={opening.isPending}>
            <Trans>Open the call</Trans>
          </button>
        </p>
      </form>
    </section>
  );
}

function callOf(form: FormData): object {
  const texts = ['title', 'summary', 'programme', 'networkId', 'direction', 'grantBodyId', 'grantScheme'];
  const days = ['opensOn', 'closesOn', 'fromDay', 'untilDay'];
  return {
    ...Object.fromEntries([...texts, ...days].map((name) => [name, formText(form, name)])),
    languages: LANGUAGES.filter((language) => form.has(`speaks-${language}`)),
    legalBases: LEGAL_BASES.filter((basis) => form.has(`basis-${basis}`)),
    slots: Number(formText(form, 'slots')),
    firstInstalmentPct: Number(formText(form, 'first')),
    budgetMinor: Math.round(Number(formText(form, 'budget')) * CENTS),
  };
}
