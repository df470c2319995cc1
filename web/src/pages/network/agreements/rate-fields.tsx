import { Trans } from '@lingui/react/macro';
import { useQueries } from '@tanstack/react-query';
import { UNITS } from '@wire/kernel/money.js';
import type { WireTariff } from '@wire/kernel/wire.js';
import type { AgreementVersionView } from '@wire/reciprocity/agreement.schema.js';
import type { AskedTariffView } from '@wire/reciprocity/asked-tariff.schema.js';
import { PriceFloorPage } from '@wire/reciprocity/floor.schema.js';
import type { ReactNode } from 'react';
import { askedTariffsQuery } from '../../../api/asked-tariffs';
import { call } from '../../../api/call';
import { TariffText } from '../../../booking/tariff-text';
import { formText } from '../../../components/form-text';
import { kindText } from '../../space/kinds';
import { minorOf } from '../money-input';
import { Amount } from '../parts/net';
import { useParties } from '../parties';
import '../../space/form/form.css';

type Rate = AgreementVersionView['rates'][number];

const floorQuery = (hostSpaceId: string) => ({
  queryKey: ['network', 'floors', hostSpaceId],
  queryFn: () => call(`/v1/price-floors?hostSpaceId=${hostSpaceId}`, { returns: PriceFloorPage }),
});

const same = (a: Rate, b: Pick<AskedTariffView, 'hostSpaceId' | 'resourceKind'>) =>
  a.hostSpaceId === b.hostSpaceId && a.resourceKind === b.resourceKind;

const isAs = (one: WireTariff, other: WireTariff) =>
  one.per === other.per &&
  one.rate.minor === other.rate.minor &&
  one.stepMinutes === other.stepMinutes &&
  one.minimumMinutes === other.minimumMinutes &&
  one.dayMax?.minor === other.dayMax?.minor &&
  one.graceMinutes === other.graceMinutes;

/** The rates of the last version, each to be changed, and beside it what its host asks by now. */
export function RateFields({ version }: { version: AgreementVersionView }) {
  const names = new Map(useParties().map(({ id, name }) => [id, name]));
  const hosts = [...new Set(version.rates.map(({ hostSpaceId }) => hostSpaceId))];
  const floors = useQueries({ queries: hosts.map(floorQuery) }).flatMap(({ data }) => data?.items ?? []);
  const asked = useQueries({ queries: hosts.map(askedTariffsQuery) }).flatMap(({ data }) => data ?? []);
  const isNew = (wish: AskedTariffView) => !version.rates.some((rate) => same(rate, wish));
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <>
      {version.rates.map((rate, index) => {
        const wish = asked.find((each) => same(rate, each));
        return (
          <div key={`${rate.hostSpaceId}${rate.resourceKind}`}>
            <RateField
              name={`rate${index}`}
              host={nameOf(rate.hostSpaceId)}
              rate={rate}
              floor={floors.find((each) => same(rate, each))?.floorPerHalfDay}
            />
            {wish && !isAs(wish.tariff, rate.tariff) && (
              <Take name={`asked${index}`} value={wish.tariff}>
                <Trans>
                  Take what the host asks: <TariffText tariff={wish.tariff} />
                </Trans>
              </Take>
            )}
          </div>
        );
      })}
      {asked.filter(isNew).map((wish) => (
        <Take key={wish.id} name="added" value={wish}>
          <Trans>
            Add what {nameOf(wish.hostSpaceId)} asks for {kindText(wish.resourceKind)}:{' '}
            <TariffText tariff={wish.tariff} />
          </Trans>
        </Take>
      ))}
    </>
  );
}

function RateField({
  name,
  host,
  rate: { resourceKind, tariff },
  floor,
}: {
  name: string;
  host: string;
  rate: Rate;
  floor: WireTariff['rate'] | undefined;
}) {
  const { unit, minor } = tariff.rate;
  const kind = kindText(resourceKind);
  const { scale } = UNITS[unit];
  return (
    <label>
      {tariff.per === 'HOUR' ? (
        <Trans>
          Rate of an hour at {host} ({kind}, {unit})
        </Trans>
      ) : tariff.per === 'DAY' ? (
        <Trans>
          Rate of a day at {host} ({kind}, {unit})
        </Trans>
      ) : (
        <Trans>
          Rate of a half-day at {host} ({kind}, {unit})
        </Trans>
      )}
      <input
        name={name}
        className="control es-figures"
        inputMode="decimal"
        required
        defaultValue={(minor / 10 ** scale).toFixed(scale)}
      />
      {floor && tariff.per === 'HALF_DAY' && (
        <span className="field-hint">
          <Trans>
            not under <Amount {...floor} />
          </Trans>
        </span>
      )}
    </label>
  );
}

function Take({ name, value, children }: { name: string; value: object; children: ReactNode }) {
  return (
    <label className="tick">
      <input type="checkbox" name={name} value={JSON.stringify(value)} />
      <span>{children}</span>
    </label>
  );
}

/** What the host asks where that is taken; else the amount that was typed, and the rest as it was. */
export function ratesOf(form: FormData, { rates, freeHalfDays }: AgreementVersionView): object[] {
  const freeAt = (hostSpaceId: string) => {
    const free = rates.find((rate) => rate.hostSpaceId === hostSpaceId)?.freeHalfDays ?? freeHalfDays;
    return free === freeHalfDays ? null : free;
  };
  const kept = rates.map(({ hostSpaceId, resourceKind, tariff }, index) => {
    const asked = form.get(`asked${index}`);
    const { unit, minor } = tariff.rate;
    const typed = minorOf(formText(form, `rate${index}`), unit) ?? minor;
    return {
      hostSpaceId,
      resourceKind,
      tariff:
        typeof asked === 'string'
          ? (JSON.parse(asked) as WireTariff)
          : { ...tariff, rate: { unit, minor: typed } },
      freeHalfDays: freeAt(hostSpaceId),
    };
  });
  const added = form.getAll('added').map((text) => {
    const { hostSpaceId, resourceKind, tariff } = JSON.parse(text as string) as AskedTariffView;
    return { hostSpaceId, resourceKind, tariff, freeHalfDays: freeAt(hostSpaceId) };
  });
  return [...kept, ...added];
}
