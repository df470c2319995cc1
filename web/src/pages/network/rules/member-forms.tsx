import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { newId } from '@wire/kernel/ids.js';
import { UNITS, type Unit } from '@wire/kernel/money.js';
import { PartyRulesView, StandingView } from '@wire/treasury/treasury.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../../api/call';
import { useAct } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { formText } from '../../../components/form-text';
import { todayAt } from '../../../i18n/days';
import { useHere } from '../here';
import { minorOf } from '../money-input';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { standingText } from '../words';
import { inForce } from './in-force';

type Props = {
  readonly partyId: string;
  readonly rules: readonly PartyRulesView[];
  readonly standings: readonly StandingView[];
};
const CURRENCIES = Object.keys(UNITS).filter((unit) => unit !== 'HALF_DAY') as Unit[];
const BPS_OF_PERCENT = 100;
const today = () => todayAt('UTC').toString();

/** What was written about one member so far, and the two things that can be written anew. */
export function MemberForms({ partyId, rules, standings }: Props) {
  const { mayAct } = useHere();
  return (
    <>
      <History rules={rules} standings={standings} />
      {mayAct && (
        <>
          <RulesOfMember partyId={partyId} now={inForce(rules, today()).now} />
          <StandingOfMember partyId={partyId} />
        </>
      )}
    </>
  );
}

function History({ rules, standings }: Omit<Props, 'partyId'>) {
  if (rules.length + standings.length === 0)
    return (
      <p className="net-empty">
        <Trans>Nothing was written about this member: no limit, reverse charge, active.</Trans>
      </p>
    );
  return (
    <ul className="why-list">
      {rules.map(({ id, fromDay, debitCeiling, vatMode, vatBps }) => (
        <li key={id}>
          <span>
            <Trans>From {longDay(fromDay)}</Trans>
          </span>
          <span>
            {debitCeiling ? (
              <Trans>
                limit <Amount {...debitCeiling} />
              </Trans>
            ) : (
              <Trans>no limit</Trans>
            )}
            {' · '}
            {vatMode === 'OWN_VAT' ? (
              <Figures>{`${vatBps / BPS_OF_PERCENT} %`}</Figures>
            ) : (
              <Trans>reverse charge</Trans>
            )}
          </span>
        </li>
      ))}
      {standings.map(({ id, fromDay, standing, reason }) => (
        <li key={id}>
          <span>
            <Trans>From {longDay(fromDay)}</Trans>
          </span>
          <span>
            {standingText(standing)}: <bdi>{reason}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}

function submitted(write: (form: FormData) => void) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    write(new FormData(event.currentTarget));
  };
}

function RulesOfMember({ partyId, now }: { partyId: string; now: PartyRulesView | undefined }) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const writing = useAct((form: FormData) => {
    const unit = formText(form, 'unit') as Unit;
    const minor = minorOf(formText(form, 'ceiling'), unit);
    const percent = Number(formText(form, 'percent').replace(',', '.') || '0');
    return call(`/v1/party-rules/${newId()}`, {
      method: 'PUT',
      body: {
        networkId,
        partyId,
        fromDay: formText(form, 'fromDay'),
        vatMode: formText(form, 'vatMode'),
        vatBps: Math.round(percent * BPS_OF_PERCENT),
        debitCeiling: minor === null ? null : { unit, minor },
      },
      returns: PartyRulesView,
    });
  });
  const ceiling = now?.debitCeiling;
  return (
    <form className="net-form" onSubmit={submitted(writing.mutate)}>
      <h3>
        <Trans>Limit and VAT</Trans>
      </h3>
      <FromDay />
      <label>
        <Trans>May owe at most; empty for no limit</Trans>
        <input
          name="ceiling"
          className="control es-figures"
          inputMode="decimal"
          defaultValue={ceiling ? String(ceiling.minor / 10 ** UNITS[ceiling.unit].scale) : ''}
        />
        <span className="field-hint">
          <Trans>A warning comes at four fifths of it.</Trans>
        </span>
      </label>
      <label>
        <Trans>Currency</Trans>
        <select name="unit" className="control" defaultValue={ceiling?.unit ?? 'EUR'}>
          {CURRENCIES.map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </label>
      <label>
        <Trans>VAT</Trans>
        <select name="vatMode" className="control" defaultValue={now?.vatMode ?? 'REVERSE_CHARGE'}>
          <option value="REVERSE_CHARGE">{t`reverse charge`}</option>
          <option value="OWN_VAT">{t`charges its own VAT`}</option>
        </select>
      </label>
      <label>
        <Trans>Rate of its own VAT, in percent</Trans>
        <input
          name="percent"
          className="control es-figures"
          inputMode="decimal"
          defaultValue={now ? String(now.vatBps / BPS_OF_PERCENT) : '0'}
        />
      </label>
      <Fault error={writing.error} />
      <Button type="submit" loading={writing.isPending}>
        <Trans>Write it</Trans>
      </Button>
    </form>
  );
}

function StandingOfMember({ partyId }: { partyId: string }) {
  const { t } = useLingui();
  const { networkId } = useHere();
  const writing = useAct((form: FormData) =>
    call(`/v1/standings/${newId()}`, {
      method: 'PUT',
      body: {
        networkId,
        partyId,
        fromDay: formText(form, 'fromDay'),
        standing: formText(form, 'standing'),
        reason: formText(form, 'reason'),
      },
      returns: StandingView,
    }),
  );
  return (
    <form className="net-form" onSubmit={submitted(writing.mutate)}>
      <h3>
        <Trans>Standing</Trans>
      </h3>
      <FromDay />
      <label>
        <Trans>Standing</Trans>
        <select name="standing" className="control">
          <option value="ACTIVE">{t`active`}</option>
          <option value="DEFAULTED">{t`in default: never offset`}</option>
          <option value="LEAVING">{t`leaving: its last windows are settled`}</option>
        </select>
      </label>
      <label>
        <Trans>Reason</Trans>
        <input name="reason" className="control" required maxLength={300} />
      </label>
      <Fault error={writing.error} />
      <Button type="submit" variant="default" loading={writing.isPending}>
        <Trans>Write it</Trans>
      </Button>
    </form>
  );
}

function FromDay() {
  return (
    <label>
      <Trans>From</Trans>
      <input name="fromDay" type="date" className="control" required defaultValue={today()} />
    </label>
  );
}
