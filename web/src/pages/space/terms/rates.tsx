import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { AgreementPage, type AgreementView } from '@wire/reciprocity/agreement.schema.js';
import { call } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { TariffText } from '../../../booking/tariff-text';
import { dayText, todayAt } from '../../../i18n/days';
import { daysNumber } from '../../../i18n/names';
import { kindText } from '../kinds';
import { useOffice } from '../rights';

type Rate = {
  readonly key: string;
  readonly agreement: string;
  readonly number: number;
  readonly validFrom: string;
  readonly isBinding: boolean;
  readonly rate: AgreementView['versions'][number]['rates'][number];
};

/** What each network's agreement gives this space, the present version first, then those before and to come. */
export function Rates() {
  const { t } = useLingui();
  const { space } = useOffice();
  const { data, error } = useQuery({
    queryKey: ['office', space.id, 'agreements'],
    queryFn: () => call('/v1/agreements', { returns: AgreementPage }),
  });
  const today = todayAt(space.timeZone).toString();
  const rates = ratesAt(data?.items ?? [], space.id);
  return (
    <section className="panel rates">
      <h2>
        <Trans>Rates of your agreements</Trans>
      </h2>
      <p className="field-hint">
        <Trans>
          What you are owed for a visit is written in agreements between networks, version by version. Your
          network's administrators write and sign them: ask them for a change.
        </Trans>
      </p>
      {error && <p className="form-fault">{problemText(error)}</p>}
      {data && rates.length === 0 && (
        <p>
          <Trans>No agreement names this space yet.</Trans>
        </p>
      )}
      {rates.length > 0 && (
        <div className="rates-scroll" tabIndex={0} role="region" aria-label={t`Rates of your agreements`}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Agreement</Trans>
                </th>
                <th scope="col">
                  <Trans>For</Trans>
                </th>
                <th scope="col">
                  <Trans>Valid from</Trans>
                </th>
                <th scope="col" className="es-amount-column">
                  <Trans>A day</Trans>
                </th>
                <th scope="col" className="es-amount-column">
                  <Trans>Free days a year</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {rates.map((rate) => (
                <RateRow key={rate.key} rate={rate} standing={standingOf(rate, rates, today)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type Standing = 'present' | 'past' | 'coming' | 'unsigned';

function RateRow({
  rate: { agreement, number, validFrom, rate },
  standing,
}: {
  rate: Rate;
  standing: Standing;
}) {
  const day = dayText(validFrom, { day: 'numeric', month: 'short', year: 'numeric' });
  return (
    <tr className={standing === 'present' ? '' : 'is-past'}>
      <td>
        {agreement} <small>v{number}</small>
      </td>
      <td>{kindText(rate.resourceKind)}</td>
      <td>
        {day} <StandingText standing={standing} />
      </td>
      <td className="es-amount-column">
        <TariffText tariff={rate.tariff} />
      </td>
      <td className="es-amount-column">{daysNumber(rate.freeHalfDays)}</td>
    </tr>
  );
}

function StandingText({ standing }: { standing: Standing }) {
  switch (standing) {
    case 'present':
      return (
        <strong>
          <Trans>in force</Trans>
        </strong>
      );
    case 'past':
      return <Trans>before</Trans>;
    case 'coming':
      return <Trans>to come</Trans>;
    case 'unsigned':
      return <Trans>not signed by all yet</Trans>;
  }
}

function ratesAt(agreements: readonly AgreementView[], spaceId: string): Rate[] {
  return agreements
    .flatMap(({ name, versions }) =>
      versions.flatMap(({ id, number, validFrom, isBinding, rates }) =>
        rates
          .filter(({ hostSpaceId }) => hostSpaceId === spaceId)
          .map((rate) => ({
            key: `${id} ${rate.resourceKind}`,
            agreement: name,
            number,
            validFrom,
            isBinding,
            rate,
          })),
      ),
    )
    .toSorted((a, b) => a.agreement.localeCompare(b.agreement) || b.validFrom.localeCompare(a.validFrom));
}

function standingOf(rate: Rate, all: readonly Rate[], today: string): Standing {
  if (!rate.isBinding) return 'unsigned';
  if (rate.validFrom > today) return 'coming';
  const isReplaced = all.some(
    (other) =>
      other.agreement === rate.agreement &&
      other.rate.resourceKind === rate.rate.resourceKind &&
      other.isBinding &&
      other.validFrom <= today &&
      other.number > rate.number,
  );
  return isReplaced ? 'past' : 'present';
}
