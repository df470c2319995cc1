import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { UNITS, type Unit } from '@wire/kernel/money.js';
import { ApprovalView, NetworkRulesView } from '@wire/treasury/treasury.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../../api/call';
import { approvalsQuery, rulesQuery, useAct } from '../../../api/network';
import { formText } from '../../../components/form-text';
import { todayAt } from '../../../i18n/days';
import { useHere } from '../here';
import { minorOf } from '../money-input';
import { ConfirmedAct, Fault } from '../parts/act';
import { inForce } from './in-force';

const CURRENCIES = Object.keys(UNITS).filter((unit) => unit !== 'HALF_DAY') as Unit[];

/** New rules from a day on. Collecting before paying is asked for first, and takes a second person. */
export function ChangeRules() {
  const { networkId } = useHere();
  const { data: rules } = useQuery(rulesQuery(networkId));
  const { data: approvals } = useQuery(approvalsQuery(networkId));
  if (!rules || !approvals) return null;
  const { now } = inForce(rules.items, todayAt('UTC').toString());
  const written = new Set(rules.items.map(({ id }) => id));
  const collecting = approvals.items.filter(({ act, subject }) => act === 'COLLECT' && !written.has(subject));
  const allowed = collecting.find(({ approvedAt }) => approvedAt);
  return (
    <section>
      <h2>
        <Trans>Change the rules</Trans>
      </h2>
      <RulesForm key={now?.id} now={now} allowedId={allowed?.subject} />
      {!allowed && !now?.collects && (
        <div className="rules-beside">
          <AskToCollect isAsked={collecting.length > 0} />
        </div>
      )}
    </section>
  );
}

function AskToCollect({ isAsked }: { isAsked: boolean }) {
  const { networkId } = useHere();
  const asking = useAct(() =>
    call(`/v1/approvals/${newId()}`, {
      method: 'PUT',
      body: { networkId, act: 'COLLECT', subject: newId() },
      returns: ApprovalView,
    }),
  );
  if (isAsked)
    return (
      <p className="net-warn">
        <Trans>Collecting before paying waits for a second person: it is approved in the audit.</Trans>
      </p>
    );
  return (
    <ConfirmedAct
      name={<Trans>Propose to collect before paying</Trans>}
      consequence={
        <Trans>
          Only with a licensed clearing account may the network hold others’ money. A colleague has to approve
          it.
        </Trans>
      }
      act={asking}
    />
  );
}

type FormProps = { readonly now: NetworkRulesView | undefined; readonly allowedId: string | undefined };

function RulesForm({ now, allowedId }: FormProps) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const writing = useAct((form: FormData) => {
    const collects = form.has('collects');
    const unit = formText(form, 'duesUnit') as Unit;
    return call(`/v1/network-rules/${collects && allowedId ? allowedId : newId()}`, {
      method: 'PUT',
      body: {
        networkId,
        fromDay: formText(form, 'fromDay'),
        cadence: formText(form, 'cadence'),
        disputeDays: Number(formText(form, 'disputeDays')),
        settleDays: Number(formText(form, 'settleDays')),
        clearanceUnit: formText(form, 'clearanceUnit') || null,
        fourEyes: form.has('fourEyes'),
        collects,
        yearlyDues: { unit, minor: minorOf(formText(form, 'dues') || '0', unit) },
      },
      returns: NetworkRulesView,
    });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    writing.mutate(new FormData(event.currentTarget));
  };
  const dues = now?.yearlyDues ?? { unit: 'EUR', minor: 0 };
  return (
    <form className="panel net-form rules-form" onSubmit={submit}>
      <label>
        <Trans>They begin on</Trans>
        <input
          name="fromDay"
          type="date"
          className="control"
          required
          defaultValue={todayAt('UTC').add({ days: 1 }).toString()}
        />
      </label>
      <label>
        <Trans>Windows</Trans>
        <select name="cadence" className="control" defaultValue={now?.cadence ?? 'MONTHLY'}>
          <option value="MONTHLY">{t`monthly`}</option>
          <option value="WEEKLY">{t`weekly`}</option>
        </select>
      </label>
      <NumberField
        name="disputeDays"
        label={t`Days in which lines may be disputed`}
        value={now?.disputeDays ?? 5}
      />
      <NumberField
        name="settleDays"
        label={t`Days from the call to the settlement`}
        value={now?.settleDays ?? 5}
        min={1}
      />
      <label>
        <Trans>Netting happens in</Trans>
        <select name="clearanceUnit" className="control" defaultValue={now?.clearanceUnit ?? ''}>
          <option value="">{t`each currency by itself`}</option>
          {CURRENCIES.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </label>
      <label>
        <Trans>Yearly dues of a member</Trans>
        <input
          name="dues"
          className="control es-figures"
          inputMode="decimal"
          defaultValue={dues.minor === 0 ? '0' : (dues.minor / 10 ** UNITS[dues.unit].scale).toString()}
        />
      </label>
      <label>
        <Trans>Currency of the dues</Trans>
        <select name="duesUnit" className="control" defaultValue={dues.unit}>
          {CURRENCIES.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </label>
      <label className="tick">
        <input name="fourEyes" type="checkbox" defaultChecked={now?.fourEyes ?? true} />
        <Trans>Closing a window and paying take two people</Trans>
      </label>
      {allowedId && (
        <label className="tick">
          <input name="collects" type="checkbox" defaultChecked />
          <Trans>Collect first, then pay, through the network’s account</Trans>
        </label>
      )}
      <Fault error={writing.error} />
      <Button type="submit" loading={writing.isPending}>
        <Trans>Write these rules</Trans>
      </Button>
    </form>
  );
}

type Field = { readonly name: string; readonly label: string; readonly value: number; readonly min?: number };
const DAYS_MAX = 90;

function NumberField({ name, label, value, min = 0 }: Field) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="number"
        className="control es-figures"
        min={min}
        max={DAYS_MAX}
        required
        defaultValue={value}
      />
    </label>
  );
}
