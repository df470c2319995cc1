import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { ExitSurveyView } from '@wire/observatory/survey.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { intlTag } from '../../i18n/activate';
import type { BookingSection } from './booking-section';

const GRAMS = 1_000;

/** Half a minute after a visit. Every question may be left out, and the answer names nobody. */
export const ExitSurvey: BookingSection = ({ booking }) =>
  booking.state === 'FULFILLED' ? <Asked bookingId={booking.id} /> : null;

function Asked({ bookingId }: { bookingId: string }) {
  const [id] = useState(newId);
  const answering = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/exit-surveys/${id}`, { method: 'PUT', body, returns: ExitSurveyView }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    answering.mutate(answerOf(new FormData(event.currentTarget), bookingId));
  };
  return (
    <details className="visit-part visit-survey">
      <summary>
        <strong>
          <Trans>Half a minute: what did this visit change?</Trans>
        </strong>
      </summary>
      {answering.data ? (
        <Thanks view={answering.data} />
      ) : (
        <Questions submit={submit} answering={answering} />
      )}
    </details>
  );
}

function Questions({
  submit,
  answering,
}: {
  submit: (event: FormEvent<HTMLFormElement>) => void;
  answering: { readonly error: Error | null; readonly isPending: boolean };
}) {
  const { t } = useLingui();
  return (
    <form className="pass-form" onSubmit={submit}>
      <label>
        <Trans>Without this space, where would you have worked that day?</Trans>
        <select name="counterfactual" defaultValue="">
          <option value="">{t`I would rather not say`}</option>
          <option value="OFFICE">{t`in my usual office`}</option>
          <option value="HOME">{t`at home`}</option>
          <option value="CAFE">{t`in a café`}</option>
          <option value="OTHER_SPACE">{t`in another space`}</option>
          <option value="NO_WORK">{t`not at all`}</option>
        </select>
      </label>
      <label>
        <Trans>In your own words</Trans>
        <input name="ownWords" maxLength={280} />
      </label>
      <Ways />
      <YesNo name="metSomeone" question={t`Did you meet someone useful?`} />
      <YesNo name="firstTime" question={t`Was it your first time in a coworking space?`} />
      <label className="visit-survey-consent">
        <input name="consents" type="checkbox" required />{' '}
        <Trans>Keep my answer for statistics. It is kept without my name and without the visit.</Trans>
      </label>
      {answering.error && (
        <p className="form-fault" role="alert">
          {problemText(answering.error)}
        </p>
      )}
      <Button type="submit" color="tomette" loading={answering.isPending}>
        <Trans>Send the answer</Trans>
      </Button>
    </form>
  );
}

function Ways() {
  const { t } = useLingui();
  return (
    <>
      <label>
        <Trans>Kilometres from home to your office, one way</Trans>
        <input name="officeKm" type="number" min={0} max={2000} step="0.1" />
      </label>
      <label>
        <Trans>Kilometres to this space, one way</Trans>
        <input name="spaceKm" type="number" min={0} max={2000} step="0.1" />
      </label>
      <label>
        <Trans>How you go</Trans>
        <select name="mode" defaultValue="OTHER">
          <option value="PETROL_CAR">{t`by car`}</option>
          <option value="ELECTRIC_CAR">{t`by electric car`}</option>
          <option value="CARPOOL">{t`sharing a car`}</option>
          <option value="TRAIN">{t`by train`}</option>
          <option value="COACH">{t`by coach`}</option>
          <option value="BICYCLE">{t`by bicycle`}</option>
          <option value="WALK">{t`on foot`}</option>
          <option value="OTHER">{t`another way`}</option>
        </select>
      </label>
    </>
  );
}

function YesNo({ name, question }: { name: string; question: string }) {
  const { t } = useLingui();
  return (
    <label>
      {question}
      <select name={name} defaultValue="">
        <option value="">{t`I would rather not say`}</option>
        <option value="yes">{t`yes`}</option>
        <option value="no">{t`no`}</option>
      </select>
    </label>
  );
}

function Thanks({ view }: { view: ExitSurveyView }) {
  const { avoidedKm, commuteChangeGrams } = view;
  const number = (value: number) =>
    new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 }).format(value).replace('-', '\u2212');
  return (
    <div role="status">
      <p>
        <Trans>Thank you. Nobody can find out that this answer is yours.</Trans>
      </p>
      {avoidedKm && (
        <p>
          <Trans>Commuting avoided</Trans>: <Figures>{`${number(avoidedKm.net)} km`}</Figures>
        </p>
      )}
      {commuteChangeGrams !== null && (
        <p>
          <Trans>CO₂e of the other commute</Trans>:{' '}
          <Figures>{`${number(commuteChangeGrams / GRAMS)} kg`}</Figures>
        </p>
      )}
    </div>
  );
}

function answerOf(form: FormData, bookingId: string): object {
  const said = (name: string) => formText(form, name).trim() || null;
  const way = (name: string) => {
    const km = said(name);
    return km === null ? null : { km: Number(km), mode: said('mode') ?? 'OTHER' };
  };
  const yes = (name: string) => (said(name) === null ? null : said(name) === 'yes');
  return {
    bookingId,
    consents: form.get('consents') !== null,
    counterfactual: said('counterfactual'),
    ownWords: said('ownWords'),
    office: way('officeKm'),
    space: way('spaceKm'),
    metSomeone: yes('metSomeone'),
    firstTime: yes('firstTime'),
  };
}
