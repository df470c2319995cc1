import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ageingQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { useHere } from './here';
import { Amount } from './parts/net';
import { Empty, WideTable } from './parts/table';

/** Open disputes by age: every member sees how long things lie. */
export function AgeingTable() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data } = useQuery(ageingQuery(networkId));
  if (!data) return null;
  if (data.items.length === 0)
    return (
      <Empty>
        <Trans>Nothing is disputed.</Trans>
      </Empty>
    );
  return (
    <WideTable label={t`Age of what is disputed`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Age in days</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Disputes</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Amount</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ unit, age, disputes, disputedMinor }) => (
          <tr key={`${unit}${age}`}>
            <th scope="row">
              <Figures>{age}</Figures>
            </th>
            <td className="es-amount-column">
              <Figures>{disputes}</Figures>
            </td>
            <td className="es-amount-column">
              <Amount unit={unit} minor={disputedMinor} />
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
