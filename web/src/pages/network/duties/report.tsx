import { Trans, useLingui } from '@lingui/react/macro';
import { DownloadSimple } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { SellerReportView } from '@wire/duties/duties.schema.js';
import type { Unit } from '@wire/kernel/money.js';
import { Temporal } from '@wire/kernel/time.js';
import { serverNowMs } from '../../../api/call';
import { reportQuery } from '../../../api/network-office';
import { Figures } from '../../../components/figures';
import { exclusionText } from '../duty-words';
import { useAddress, useHere } from '../here';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Empty, WideTable } from '../parts/table';

const YEARS = 3;

/** What goes to the tax authority by 31 January, and who is missing from it. */
export function Report() {
  const { networkId } = useHere();
  const [search, setAddress] = useAddress();
  const thisYear = Temporal.Instant.fromEpochMilliseconds(serverNowMs()).toZonedDateTimeISO('UTC').year;
  const year = Number(search['year'] ?? thisYear);
  const { data, error } = useQuery(reportQuery(networkId, year));
  const rows = data?.sellers.flatMap(({ name, listings }) =>
    listings.map((listing) => ({ ...listing, seller: name })),
  );
  return (
    <>
      <div className="statement-views">
        {Array.from({ length: YEARS }, (_, back) => thisYear - back).map((each) => (
          <button
            key={each}
            type="button"
            className="pill"
            aria-pressed={each === year}
            onClick={() => setAddress({ year: String(each) })}
          >
            <Figures>{each}</Figures>
          </button>
        ))}
      </div>
      <Fault error={error} />
      {data && (
        <p className="office-lead">
          <Trans>
            Due on {longDay(data.dueDay)}. Sums of documents, without VAT, net of what was paid to networks;
            no floor applies to whoever lets desks.
          </Trans>
        </p>
      )}
      {rows?.length === 0 && (
        <Empty>
          <Trans>Nobody whose data are complete earned anything in this year.</Trans>
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <>
          <Listings rows={rows} />
          {data?.isReporterKnown ? (
            <p>
              <a className="pill" href={`/v1/seller-reports/${year}/file?networkId=${networkId}`} download>
                <DownloadSimple size={20} aria-hidden="true" />
                <Trans>Download the file</Trans>
              </a>
            </p>
          ) : (
            <p className="net-warn">
              <Trans>
                The file names who reports: declare the legal entity of the network with its tax number first.
              </Trans>
            </p>
          )}
        </>
      )}
      {data && data.incomplete.length > 0 && (
        <p className="net-warn">
          <Trans>Not in it, because data are missing:</Trans>{' '}
          {data.incomplete.map(({ name }) => name).join(', ')}
        </p>
      )}
      {data && data.excluded.length > 0 && (
        <p className="field-hint">
          {data.excluded.map(({ name, exclusion }) => `${name}: ${exclusionText(exclusion)}`).join(' · ')}
        </p>
      )}
    </>
  );
}

type Listed = SellerReportView['sellers'][number]['listings'][number] & { readonly seller: string };

function Listings({ rows }: { rows: readonly Listed[] }) {
  const { t } = useLingui();
  return (
    <WideTable label={t`Yearly report`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Space</Trans>
          </th>
          {[1, 2, 3, 4].map((quarter) => (
            <th key={quarter} scope="col" className="es-amount-column">
              <Trans>Quarter {quarter}</Trans>
            </th>
          ))}
          <th scope="col" className="es-amount-column">
            <Trans>Visits</Trans>
          </th>
          <th scope="col" className="es-amount-column">
            <Trans>Days</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ spaceId, unit, name, seller, consideration, visits, days }) => (
          <tr key={`${spaceId}${unit}`}>
            <th scope="row">
              {name}
              <small>{seller}</small>
            </th>
            {consideration.map((minor, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its quarter
              <td key={index} className="es-amount-column">
                <Amount unit={unit as Unit} minor={minor} />
              </td>
            ))}
            <td className="es-amount-column">
              <Figures>{visits.reduce((sum, count) => sum + count, 0)}</Figures>
            </td>
            <td className="es-amount-column">
              <Figures>{days}</Figures>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
