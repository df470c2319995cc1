import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isWholeStep } from '@wire/kernel/tariff.js';
import { UNITS } from '@wire/kernel/money.js';
import type { WireTariff } from '@wire/kernel/wire.js';
import { isByTime, RESOURCE_KINDS, type ResourceKind } from '@wire/kernel/words.js';
import { useState, type ReactNode } from 'react';
import { askedTariffsQuery, askTariff } from '../../../api/asked-tariffs';
import { problemText } from '../../../api/problem-text';
import { TariffText } from '../../../booking/tariff-text';
import { minutesText } from '../../../i18n/minutes';
import { minorOf } from '../../network/money-input';
import { useDraft, type Draft } from '../form/draft';
import { Choice, Field, ManagersFields, NumberField } from '../form/fields';
import { kindText } from '../kinds';
import { useOffice } from '../rights';

const HALF_HOUR = 30;
const HOUR = 60;
const STEPS = ['30', '60', '120'] as const;
const GRACE = 10;

/** What the space asks for each kind it offers. Agreements take it over with their next version. */
export function AskedTariffs() {
  const { space } = useOffice();
  const { data, error } = useQuery(askedTariffsQuery(space.id));
  const kinds = RESOURCE_KINDS.filter((kind) =>
    space.pools.some(({ resourceKind }) => resourceKind === kind),
  );
  return (
    <section className="panel rates">
      <h2>
        <Trans>What you ask</Trans>
      </h2>
      <p className="field-hint">
        <Trans>
          By the half-day, the day or the hour. Your network sees it when it writes the next version of an
          agreement; until that one is signed, the rates below hold.
        </Trans>
      </p>
      {error && <p className="form-fault">{problemText(error)}</p>}
      {data &&
        kinds.map((kind) => (
          <Asked
            key={kind}
            kind={kind}
            tariff={data.find(({ resourceKind }) => resourceKind === kind)?.tariff ?? null}
          />
        ))}
    </section>
  );
}

function Asked({ kind, tariff }: { kind: ResourceKind; tariff: WireTariff | null }) {
  const { space, isManager } = useOffice();
  const usual = tariff ?? usualTariff(kind, space.unit);
  const draft = useDraft<WireTariff>(usual, (wanted) =>
    askTariff({ hostSpaceId: space.id, resourceKind: kind, tariff: wanted }),
  );
  return (
    <form className="asked-tariff" aria-label={kindText(kind)} onSubmit={(event) => event.preventDefault()}>
      <h3>{kindText(kind)}</h3>
      <p className="asked-now" aria-live="polite">
        {tariff === null && !draft.isDirty ? (
          <Trans>You have not said yet what you ask.</Trans>
        ) : (
          <TariffText tariff={draft.draft} />
        )}
      </p>
      <ManagersFields>
        <TariffFields tariff={draft.draft} onChange={draft.change} />
      </ManagersFields>
      {isManager && <Act draft={draft} />}
    </form>
  );
}

function Act({ draft }: { draft: Draft<WireTariff> }) {
  return (
    <div className="asked-acts">
      <Button
        type="submit"
        disabled={!draft.isDirty}
        loading={draft.isSaving}
        onClick={() => void draft.save().catch(() => undefined)}
      >
        <Trans>Ask for this</Trans>
      </Button>
      {draft.isDirty && (
        <Button variant="default" disabled={draft.isSaving} onClick={draft.discard}>
          <Trans>Undo changes</Trans>
        </Button>
      )}
      {draft.isSaved && (
        <p role="status">
          <Trans>Your network sees it now.</Trans>
        </p>
      )}
      {draft.error && (
        <p className="form-fault" role="alert">
          {problemText(draft.error)}
        </p>
      )}
    </div>
  );
}

function usualTariff(kind: ResourceKind, unit: WireTariff['rate']['unit']): WireTariff {
  const plain = { stepMinutes: null, minimumMinutes: 0, dayMax: null, graceMinutes: null };
  const rate = { unit, minor: 0 };
  return isByTime(kind)
    ? { per: 'HOUR', rate, ...plain, stepMinutes: HALF_HOUR, graceMinutes: GRACE }
    : { per: 'HALF_DAY', rate, ...plain };
}

interface Fields {
  readonly tariff: WireTariff;
  readonly onChange: (tariff: WireTariff) => void;
}

function TariffFields({ tariff, onChange }: Fields) {
  const { per, rate } = tariff;
  const turn = (next: WireTariff['per']) =>
    onChange({
      per: next,
      rate,
      stepMinutes: next === 'HOUR' ? HALF_HOUR : null,
      minimumMinutes: 0,
      dayMax: null,
      graceMinutes: next === 'HOUR' ? GRACE : null,
    });
  return (
    <>
      <Choice
        label={<Trans>Priced by</Trans>}
        value={per}
        options={[
          ['HALF_DAY', <Trans key="half">the half-day</Trans>],
          ['DAY', <Trans key="day">the day</Trans>],
          ['HOUR', <Trans key="hour">the hour</Trans>],
        ]}
        onChange={turn}
      />
      <MoneyField
        label={
          per === 'HOUR' ? (
            <Trans>An hour</Trans>
          ) : per === 'DAY' ? (
            <Trans>A day</Trans>
          ) : (
            <Trans>A half-day</Trans>
          )
        }
        amount={rate}
        onChange={(minor) => minor !== null && onChange({ ...tariff, rate: { ...rate, minor } })}
      />
      {per === 'HOUR' && <HourFields tariff={tariff} onChange={onChange} />}
    </>
  );
}

function HourFields({ tariff, onChange }: Fields) {
  const { rate, stepMinutes, minimumMinutes, dayMax, graceMinutes } = tariff;
  const isWhole = isWholeStep({ rateMinor: BigInt(rate.minor), stepMinutes });
  return (
    <>
      <Choice
        label={<Trans>In steps of</Trans>}
        hint={
          isWhole ? undefined : <Trans>A step must cost a whole amount: choose another price or step.</Trans>
        }
        value={`${stepMinutes ?? HOUR}` as (typeof STEPS)[number]}
        options={STEPS.map((step) => [step, minutesText(Number(step))] as const)}
        onChange={(step) => onChange({ ...tariff, stepMinutes: Number(step) })}
      />
      <NumberField
        label={<Trans>At least</Trans>}
        hint={<Trans>A shorter stay costs as much. Whole half-hours.</Trans>}
        unit={<Trans>minutes</Trans>}
        min={0}
        max={480}
        value={minimumMinutes}
        onChange={(minutes) =>
          onChange({ ...tariff, minimumMinutes: Math.round((minutes ?? 0) / HALF_HOUR) * HALF_HOUR })
        }
      />
      <MoneyField
        label={<Trans>A day at most</Trans>}
        hint={<Trans>Empty: no limit.</Trans>}
        amount={dayMax ?? { unit: rate.unit, minor: null }}
        onChange={(minor) =>
          onChange({ ...tariff, dayMax: minor === null ? null : { unit: rate.unit, minor } })
        }
      />
      <NumberField
        label={<Trans>Leaving late is free for</Trans>}
        hint={<Trans>After that each step begun is charged. Empty: leaving late costs nothing.</Trans>}
        unit={<Trans>minutes</Trans>}
        min={0}
        max={120}
        value={graceMinutes}
        onChange={(minutes) => onChange({ ...tariff, graceMinutes: minutes })}
      />
    </>
  );
}

/** Typed as people write money; what is none yet changes nothing. */
function MoneyField({
  amount: { unit, minor },
  onChange,
  ...field
}: {
  label: ReactNode;
  hint?: ReactNode;
  amount: { unit: WireTariff['rate']['unit']; minor: number | null };
  onChange: (minor: number | null) => void;
}) {
  const { scale } = UNITS[unit];
  const text = minor === null ? '' : (minor / 10 ** scale).toFixed(scale);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field {...field}>
      {(props) => (
        <span className="number-control">
          <input
            {...props}
            className="control es-figures"
            inputMode="decimal"
            dir="ltr"
            value={typed ?? text}
            onChange={({ currentTarget: { value } }) => {
              setTyped(value);
              const next = minorOf(value, unit);
              if (value === '' || next !== null) onChange(next);
            }}
            onBlur={() => setTyped(null)}
          />
          <bdi dir="ltr">{unit}</bdi>
        </span>
      )}
    </Field>
  );
}
