import { Trans, useLingui } from '@lingui/react/macro';
import type { PositionPage } from '@wire/settlement/window.schema.js';
import { NetLink } from '../here';
import { Amount, Net } from '../parts/net';
import { WideTable } from '../parts/table';
import { positionState, profileText } from '../words';

/** What each party receives, pays and is left with. The name opens its statement. */
export function PositionTable({
  windowId,
  positions,
}: {
  windowId: string;
  positions: PositionPage['items'];
}) {
  const { t } = useLingui();
  if (positions.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Positions</Trans>
      </h2>
      <WideTable label={t`Positions`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Party</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>receives</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>pays</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>net</Trans>
            </th>
            <th scope="col">
              <Trans>State</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {positions.map(({ party, unit, receivesMinor, paysMinor, netMinor, profile, state }) => (
            <tr key={`${party.id}${unit}`}>
              <th scope="row">
                <NetLink to={`windows/${windowId}/statements/${party.id}`}>{party.name}</NetLink>
                {profile !== 'NETTING_ALLOWED' && <small> {profileText(profile)}</small>}
              </th>
              <td className="es-amount-column">
                <Amount unit={unit} minor={receivesMinor} />
              </td>
              <td className="es-amount-column">
                <Amount unit={unit} minor={paysMinor} />
              </td>
              <td className="es-amount-column">
                <Net unit={unit} minor={netMinor} />
              </td>
              <td>
                <span className={`state-mark state-${state.toLowerCase()}`}>{positionState(state)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
