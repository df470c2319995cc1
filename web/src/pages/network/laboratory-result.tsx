import { Trans, useLingui } from '@lingui/react/macro';
import type { LaboratoryResult } from '@wire/laboratory/laboratory.schema.js';
import { Figures } from '../../components/figures';
import { Amount, Net } from './parts/net';
import { DaysOf } from './parts/record';
import { WideTable } from './parts/table';

/** How it was against how it would be: for all, and for each party. */
export function LaboratoryResultTables({ result }: { result: LaboratoryResult }) {
  const { t } = useLingui();
  return (
    <>
      <p className={result.reproducesBooks ? 'seal' : 'seal seal-broken'}>
        {result.reproducesBooks ? (
          <Trans>Played as it was, it gives the positions of the books to the cent.</Trans>
        ) : (
          <Trans>Played as it was, it differs from the books. Do not decide on it.</Trans>
        )}
      </p>
      <WideTable label={t`Policies`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Policy</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Owed before netting</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Paid after netting</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>would gain</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>would lose</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>free days used</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {result.policies.map(({ name, totals, winners, losers, quotaHalfDays }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a policy is its place
            <tr key={index}>
              <th scope="row">{index === 0 ? <Trans>as it is</Trans> : name}</th>
              <td className="es-amount-column">
                {totals.map(({ unit, grossMinor }) => (
                  <div key={unit}>
                    <Amount unit={unit} minor={grossMinor} />
                  </div>
                ))}
              </td>
              <td className="es-amount-column">
                {totals.map(({ unit, paymentsMinor }) => (
                  <div key={unit}>
                    <Amount unit={unit} minor={paymentsMinor} />
                  </div>
                ))}
              </td>
              <td className="es-amount-column">
                <Figures>{winners}</Figures>
              </td>
              <td className="es-amount-column">
                <Figures>{losers}</Figures>
              </td>
              <td className="es-amount-column">
                <DaysOf halfDays={quotaHalfDays} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <h2>
        <Trans>Party by party</Trans>
      </h2>
      <Parties result={result} />
    </>
  );
}

function Parties({ result: { policies, parties } }: { result: LaboratoryResult }) {
  const { t } = useLingui();
  return (
    <WideTable label={t`Party by party`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Party</Trans>
          </th>
          {policies.map(({ name }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a policy is its place
            <th key={index} scope="col" className="es-amount-column">
              {index === 0 ? <Trans>as it is</Trans> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parties.map(({ party, unit, results }) => (
          <tr key={`${party.id}${unit}`}>
            <th scope="row">{party.name}</th>
            {results.map(({ netMinor, changeMinor }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a policy is its place
              <td key={index} className="es-amount-column">
                <Net unit={unit} minor={netMinor} />
                {changeMinor !== 0 && (
                  <div>
                    <small>
                      {changeMinor > 0 ? <Trans>gains</Trans> : <Trans>loses</Trans>}{' '}
                      <Amount unit={unit} minor={Math.abs(changeMinor)} />
                    </small>
                  </div>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
