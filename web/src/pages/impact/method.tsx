import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ImpactPeriodHead } from '@wire/observatory/report.schema.js';
import { Figures } from '../../components/figures';
import { methodQuery } from './api';

const BPS_PER_PERCENT = 100;

/** How it is made, what it cannot say, and the files. */
export function Method({ head }: { head: ImpactPeriodHead }) {
  const { data } = useQuery(methodQuery);
  if (!data) return null;
  const files = `/v1/impact-periods/${head.id}`;
  const persons = String(data.personsMin);
  const spaces = String(data.spacesMin);
  const dominance = String(data.dominanceBps / BPS_PER_PERCENT);
  return (
    <section className="impact-method">
      <h2>
        <Trans>Method and limits</Trans>
      </h2>
      {head.note && <p>{head.note}</p>}
      {head.limits && <p>{head.limits}</p>}
      <p>
        <Trans>
          A cell is shown when it is of {persons} people or more; money when it is of {spaces} spaces or more
          and none has {dominance} % of it. Further cells are hidden so that no hidden one can be computed,
          neither from the margins nor from an earlier release.
        </Trans>
      </p>
      <p>
        <Trans>
          Kilometres and CO₂e are of those who answered at check-out, and may be negative: a space can be
          further than the office. They are no saving of the network, and the trips themselves stand beside
          them.
        </Trans>
      </p>
      <details>
        <summary>
          <Trans>Formulas</Trans>
        </summary>
        <dl className="impact-formulas">
          {data.indicators.map(({ id, formula, method, note }) => (
            <div key={id}>
              <dt>
                <Figures>{`${id} · v${method}`}</Figures>
              </dt>
              <dd lang="en" dir="ltr">
                {formula}
                {note && <small> {note}</small>}
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>
          <Trans>Emission factors</Trans> <Figures>{data.factorsVersion}</Figures>
        </summary>
        <dl className="impact-formulas">
          {data.factors.map(({ mode, country, gramsPerKm, source, year }) => (
            <div key={`${mode} ${country}`}>
              <dt>
                <Figures>{country ? `${mode} (${country})` : mode}</Figures>
              </dt>
              <dd lang="en" dir="ltr">
                {`${gramsPerKm} g/km`} <small>{`${source}, ${year}`}</small>
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <p className="impact-acts">
        <a className="pill" href={`${files}/figures.csv`} download>
          CSV
        </a>
        <a className="pill" href={`${files}/flows.geojson`} download>
          GeoJSON
        </a>
        <a className="pill" href={`${files}/dataset.jsonld`} download>
          DCAT-AP
        </a>
        <a href={data.licence} rel="license">
          CC BY 4.0
        </a>
      </p>
    </section>
  );
}
