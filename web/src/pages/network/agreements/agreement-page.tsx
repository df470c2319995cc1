import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { AgreementVersionView, type AgreementView } from '@wire/reciprocity/agreement.schema.js';
import { lazy, Suspense } from 'react';
import { call } from '../../../api/call';
import { agreementQuery, useAct } from '../../../api/network';
import { TariffText } from '../../../booking/tariff-text';
import { Figures } from '../../../components/figures';
import { daysNumber } from '../../../i18n/names';
import { useTitle } from '../../../shell/title';
import { useHere } from '../here';
import { ConfirmedAct, Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Moment } from '../../../components/moment';
import { WideTable } from '../parts/table';
import { useParties } from '../parties';
import { modeText } from '../words';

const Editor = lazy(async () => ({ default: (await import('./version-editor')).VersionEditor }));

/** An agreement with all its versions, the newest first, and whose signature is missing. */
export function AgreementPage({ id }: { id: string }) {
  const { mayAgree } = useHere();
  const { data: agreement, error } = useQuery(agreementQuery(id));
  useTitle(agreement?.name);
  if (error) return <Fault error={error} />;
  if (!agreement) return null;
  return (
    <article>
      <h1>{agreement.name}</h1>
      {agreement.versions.toReversed().map((version) => (
        <Version key={version.id} agreement={agreement} version={version} />
      ))}
      {mayAgree && (
        <Suspense>
          <Editor agreement={agreement} />
        </Suspense>
      )}
    </article>
  );
}

function Version({ agreement, version }: { agreement: AgreementView; version: AgreementVersionView }) {
  return (
    <section className="panel version">
      <h2>
        <Trans>
          Version <Figures>{version.number}</Figures>, from {longDay(version.validFrom)}
        </Trans>{' '}
        {version.isBinding ? (
          <span className="state-mark state-approved">
            <Trans>binding</Trans>
          </span>
        ) : (
          <span className="state-mark state-open">
            <Trans>waits for a signature</Trans>
          </span>
        )}
      </h2>
      <p>
        {modeText(version.mode)} ·{' '}
        <Trans>
          free days of a visitor at a host in a year: <Figures>{daysNumber(version.freeHalfDays)}</Figures>
        </Trans>
      </p>
      <Rates version={version} />
      <Clauses version={version} />
      <Signatures agreement={agreement} version={version} />
    </section>
  );
}

function Rates({ version }: { version: AgreementVersionView }) {
  const { t } = useLingui();
  const names = new Map(useParties().map(({ id, name }) => [id, name]));
  return (
    <WideTable label={t`Rates`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Host</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Rate of a half-day</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>free days</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {version.rates.map(({ hostSpaceId, resourceKind, ratePerHalfDay, tariff, freeHalfDays }) => (
          <tr key={`${hostSpaceId}${resourceKind}`}>
            <th scope="row">
              {names.get(hostSpaceId) ?? <Trans>a host of the other side</Trans>}{' '}
              {resourceKind !== 'hot_desk' && <small>{resourceKind}</small>}
            </th>
            <td className="es-amount-column">
              {ratePerHalfDay ? <Amount {...ratePerHalfDay} /> : <TariffText tariff={tariff} />}
            </td>
            <td className="es-amount-column">
              <Figures>{daysNumber(freeHalfDays)}</Figures>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

const BPS_PER_PERCENT = 100;

function Clauses({ version: { clauses, capHalfDaysPerPersonYear } }: { version: AgreementVersionView }) {
  return (
    <ul className="clauses">
      {capHalfDaysPerPersonYear !== null && (
        <li>
          <Trans>
            At most <Figures>{daysNumber(capHalfDaysPerPersonYear)}</Figures> days of one visitor in a year
          </Trans>
        </li>
      )}
      {clauses.capHalfDaysPerPairYear !== null && (
        <li>
          <Trans>
            At most <Figures>{daysNumber(clauses.capHalfDaysPerPairYear)}</Figures> free days between two
            spaces in a year
          </Trans>
        </li>
      )}
      {clauses.balanceBandHalfDays !== null && (
        <li>
          <Trans>
            Giving and taking may lie <Figures>{daysNumber(clauses.balanceBandHalfDays)}</Figures> days apart
          </Trans>
        </li>
      )}
      <li>
        <Trans>
          Solidarity share <Figures>{`${clauses.solidarityBps / BPS_PER_PERCENT} %`}</Figures>, network fee{' '}
          <Figures>{`${clauses.networkFeeBps / BPS_PER_PERCENT} %`}</Figures>
        </Trans>
      </li>
      <li>
        <Trans>
          A visit may be declined for <Figures>{clauses.reviewDays}</Figures> days, a line disputed for{' '}
          <Figures>{clauses.disputeDays}</Figures>, each answer takes at most{' '}
          <Figures>{clauses.replyDays}</Figures>
        </Trans>
      </li>
    </ul>
  );
}

function Signatures({ agreement, version }: { agreement: AgreementView; version: AgreementVersionView }) {
  const { networkId, mayAgree } = useHere();
  const signing = useAct(() =>
    call(`/v1/agreement-versions/${version.id}/signature`, {
      method: 'PUT',
      body: { networkId },
      returns: AgreementVersionView,
    }),
  );
  const sides = [...new Set([agreement.homeNetworkId, agreement.hostNetworkId])];
  const signed = (id: string) => version.signatures.find((signature) => signature.networkId === id);
  return (
    <ul className="clauses">
      {sides.map((side) => (
        <li key={side}>
          {side === networkId ? <Trans>This network</Trans> : <Trans>The other side</Trans>}:{' '}
          {signed(side) ? (
            <Trans>
              signed <Moment at={signed(side)!.signedAt} />
            </Trans>
          ) : (
            <Trans>not signed yet</Trans>
          )}
        </li>
      ))}
      {mayAgree && sides.includes(networkId) && !signed(networkId) && (
        <li>
          <ConfirmedAct
            name={<Trans>Sign for this network</Trans>}
            consequence={<Trans>Once every side has signed, it counts from its first day on.</Trans>}
            act={signing}
            isMain
          />
        </li>
      )}
    </ul>
  );
}
