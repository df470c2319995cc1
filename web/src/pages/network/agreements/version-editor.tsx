import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { AgreementVersionView, type AgreementView } from '@wire/reciprocity/agreement.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent, ReactNode } from 'react';
import { call } from '../../../api/call';
import { useAct } from '../../../api/network';
import { formText } from '../../../components/form-text';
import { todayAt } from '../../../i18n/days';
import { Fault } from '../parts/act';
import { longDay } from '../parts/net';
import { RateFields, ratesOf } from './rate-fields';

const NOTICE_DAYS = 15;

/** New terms are a new version: it starts as the last one, and needs notice and the signature of every side. */
export function VersionEditor({ agreement }: { agreement: AgreementView }) {
  const last = agreement.versions.at(-1);
  const proposing = useAct((form: FormData) => {
    const id = newId();
    return call(`/v1/agreement-versions/${id}`, {
      method: 'PUT',
      body: versionOf(form, last!),
      returns: AgreementVersionView,
    });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    proposing.mutate(new FormData(event.currentTarget));
  };
  if (!last) return null;
  const soonest = todayAt('UTC').add({ days: NOTICE_DAYS }).toString();
  return (
    <form className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Write a new version</Trans>
      </h2>
      <p className="field-hint">
        <Trans>Changed terms need 15 days of notice: the soonest first day is {longDay(soonest)}.</Trans>
      </p>
      <label>
        <Trans>First day</Trans>
        <input
          name="validFrom"
          type="date"
          className="control"
          required
          min={soonest}
          defaultValue={soonest}
        />
      </label>
      <Mode value={last.mode} />
      <HalfDays
        name="freeHalfDays"
        label={<Trans>Free half-days of a visitor at a host in a year</Trans>}
        value={last.freeHalfDays}
      />
      <RateFields version={last} />
      <HalfDays
        name="capPerson"
        label={<Trans>At most half-days of one visitor in a year</Trans>}
        value={last.capHalfDaysPerPersonYear}
      />
      <HalfDays
        name="capPair"
        label={<Trans>At most free half-days between two spaces in a year</Trans>}
        value={last.clauses.capHalfDaysPerPairYear}
      />
      <HalfDays
        name="band"
        label={<Trans>Half-days that giving and taking may lie apart</Trans>}
        value={last.clauses.balanceBandHalfDays}
      />
      <HalfDays
        name="solidarity"
        label={<Trans>Solidarity share, in hundredths of a percent</Trans>}
        value={last.clauses.solidarityBps}
      />
      <HalfDays
        name="fee"
        label={<Trans>Network fee, in hundredths of a percent</Trans>}
        value={last.clauses.networkFeeBps}
      />
      <Fault error={proposing.error} />
      <Button type="submit" loading={proposing.isPending}>
        <Trans>Propose this version</Trans>
      </Button>
      {proposing.isSuccess && (
        <p role="status" className="net-empty">
          <Trans>Proposed. It counts once every side has signed.</Trans>
        </p>
      )}
    </form>
  );
}

function Mode({ value }: { value: AgreementVersionView['mode'] }) {
  const { t } = useLingui();
  return (
    <label>
      <Trans>How visits are owed</Trans>
      <select name="mode" className="control" defaultValue={value}>
        <option value="ACCRUAL_CASH">{t`against money`}</option>
        <option value="ACCRUAL_IN_KIND">{t`against days`}</option>
        <option value="GIFT">{t`as a gift`}</option>
      </select>
    </label>
  );
}

function HalfDays({ name, label, value }: { name: string; label: ReactNode; value: number | null }) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="number"
        min={0}
        step={1}
        className="control es-figures"
        defaultValue={value ?? ''}
      />
    </label>
  );
}

function versionOf(form: FormData, last: AgreementVersionView): object {
  const count = (name: string) => (formText(form, name) === '' ? null : Number(formText(form, name)));
  return {
    agreementId: last.agreementId,
    mode: formText(form, 'mode'),
    validFrom: formText(form, 'validFrom'),
    freeHalfDays: count('freeHalfDays') ?? 0,
    capHalfDaysPerPersonYear: count('capPerson'),
    rates: ratesOf(form, last),
    clauses: {
      ...last.clauses,
      capHalfDaysPerPairYear: count('capPair'),
      balanceBandHalfDays: count('band'),
      solidarityBps: count('solidarity') ?? 0,
      networkFeeBps: count('fee') ?? 0,
    },
  };
}
