import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { AgreementMatrixView } from '@wire/reciprocity/floor.schema.js';
import { agreementsQuery, matrixQuery } from '../../api/network';
import { daysNumber } from '../../i18n/names';
import { TariffText } from '../../booking/tariff-text';
import { Figures } from '../../components/figures';
import { todayAt } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { AgreementPage } from './agreements/agreement-page';
import { NetLink, useAddress, useHere } from './here';
import { Fault } from './parts/act';
import { Amount, longDay } from './parts/net';
import { Empty, WideTable } from './parts/table';
import { modeText } from './words';

/** agreements, agreements/<id> */
export function AgreementsPage() {
  const {
    path: [id],
  } = useHere();
  return id ? <AgreementPage key={id} id={id} /> : <Matrix />;
}

/** Who accepts whom on which terms, on a day. */
function Matrix() {
  const { t } = useLingui();
  useTitle(t`Agreements`);
  const { networkId } = useHere();
  const [{ day = todayAt('UTC').toString() }, setAddress] = useAddress();
  const { data, error } = useQuery(matrixQuery(networkId, day));
  return (
    <>
      <h1>
        <Trans>Agreements</Trans>
      </h1>
      <label className="field">
        <Trans>Who accepts whom on</Trans>
        <input
          type="date"
          className="control"
          value={day}
          onChange={({ currentTarget }) => setAddress({ day: currentTarget.value || undefined })}
        />
      </label>
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>Nobody accepts anybody on this day.</Trans>
        </Empty>
      )}
      {data && data.items.length > 0 && <Terms cells={data.items} />}
      <AllAgreements />
    </>
  );
}

function Terms({ cells }: { cells: AgreementMatrixView['items'] }) {
  const { t } = useLingui();
  const { networkId } = useHere();
  return (
    <WideTable label={t`Who accepts whom`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Host</Trans>
          </th>
          <th scope="col">
            <Trans>Guests of</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Rate of a half-day</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>free days</Trans>
          </th>
          <th scope="col">
            <Trans>Agreement</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {cells.map((cell) => (
          <tr key={`${cell.homeNetworkId}${cell.hostSpaceId}${cell.resourceKind}`}>
            <th scope="row">
              {cell.hostSpaceName} {cell.resourceKind !== 'hot_desk' && <small>{cell.resourceKind}</small>}
            </th>
            <td>
              {cell.homeNetworkId === networkId ? (
                <Trans>this network</Trans>
              ) : (
                <Trans>another network</Trans>
              )}
            </td>
            <td className="es-amount-column">
              {cell.ratePerHalfDay ? (
                <Amount {...cell.ratePerHalfDay} />
              ) : (
                <TariffText tariff={cell.tariff} />
              )}
            </td>
            <td className="es-amount-column">
              <Figures>{daysNumber(cell.freeHalfDays)}</Figures>
            </td>
            <td>
              <NetLink to={`agreements/${cell.agreementId}`}>{modeText(cell.mode)}</NetLink>{' '}
              {!cell.agreementNetworkIds.includes(networkId) && (
                <small>
                  <Trans>inherited from above</Trans>
                </small>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

function AllAgreements() {
  const { data } = useQuery(agreementsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>All agreements</Trans>
      </h2>
      <ul className="window-list">
        {data.items.map(({ id, name, versions, fromDay, untilDay }) => (
          <li key={id}>
            <NetLink to={`agreements/${id}`}>
              <strong>{name}</strong>
              <span>
                {fromDay && <Trans>from {longDay(fromDay)}</Trans>}{' '}
                {untilDay && <Trans>until {longDay(untilDay)}</Trans>}
              </span>
              <small>
                <Trans>
                  Versions: <Figures>{versions.length}</Figures>
                </Trans>
              </small>
              {versions.some(({ isBinding }) => !isBinding) && (
                <span className="state-mark state-open">
                  <Trans>a version waits for a signature</Trans>
                </span>
              )}
            </NetLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
