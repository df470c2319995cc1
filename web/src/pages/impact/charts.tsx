import { Trans, useLingui } from '@lingui/react/macro';
import type { Report } from '@wire/observatory/report.schema.js';
import { useState } from 'react';
import { Figures } from '../../components/figures';
import { moneyText } from '../../components/money';
import { UNITS, type Unit } from '@wire/kernel/money.js';
import { daysNumber } from '../../i18n/names';
import { BLANK_NAMES } from './names';

const BARS_MAX = 12;
type Bar = {
  readonly name: string;
  readonly value: number | null;
  readonly text: string;
  readonly blank: string | null;
};

/** Each as bars, as a table, as a file. */
export function Charts({ report, id }: { report: Report; id: string }) {
  const { t } = useLingui();
  const days = (name: string, halfDays: number | null, blank: string | null): Bar => ({
    name,
    value: halfDays,
    text: halfDays === null ? '…' : daysNumber(halfDays),
    blank,
  });
  const flows = report.flows
    .toSorted((a, b) => (b.halfDays ?? -1) - (a.halfDays ?? -1))
    .map(({ home, host, halfDays, blank }) => days(`${home} → ${host}`, halfDays, blank));
  const months = report.months.map(({ code, halfDays, blank }) => days(code, halfDays, blank));
  const income = report.income
    .filter(({ code, unit }) => code !== '*' && unit in UNITS)
    .map(({ code, unit, minor, blank }) => ({
      name: `${code} · ${unit}`,
      value: minor,
      text: minor === null ? '…' : moneyText({ unit: unit as Unit, minor }),
      blank,
    }));
  return (
    <div className="impact-charts">
      <Chart title={t`Days between territories`} bars={flows} file={`/v1/impact-periods/${id}/flows.csv`} />
      <Chart title={t`Days by month`} bars={months} file={`/v1/impact-periods/${id}/months.csv`} />
      <Chart
        title={t`Income of spaces by territory`}
        bars={income}
        file={`/v1/impact-periods/${id}/income.csv`}
      />
    </div>
  );
}

function Chart({ title, bars, file }: { title: string; bars: readonly Bar[]; file: string }) {
  const [isTable, setTable] = useState(false);
  if (bars.length === 0) return null;
  return (
    <section className="impact-chart">
      <h2>{title}</h2>
      {isTable ? <BarTable title={title} bars={bars} /> : <Bars title={title} bars={bars} />}
      <p className="impact-acts">
        <button type="button" className="pill" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Trans>Show as table</Trans>
        </button>
        <a className="pill" href={file} download>
          CSV
        </a>
      </p>
    </section>
  );
}

const WIDTH = 100;

function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0));
  const shown = bars.slice(0, BARS_MAX);
  return (
    <ul className="impact-bars" aria-label={title}>
      {shown.map(({ name, value, text, blank }) => (
        <li key={name}>
          <span className="impact-bar-name">
            <Figures>{name}</Figures>
          </span>
          <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
            <rect className="ground" width={WIDTH} height="10" />
            {value !== null && <rect className="bar" width={(value / most) * WIDTH} height="10" />}
          </svg>
          <span className="impact-bar-value">
            {value === null ? <BlankName blank={blank} /> : <Figures>{text}</Figures>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function BarTable({ title, bars }: { title: string; bars: readonly Bar[] }) {
  return (
    <div className="impact-wide" role="region" aria-label={title} tabIndex={0}>
      <table className="impact-table">
        <tbody>
          {bars.map(({ name, value, text, blank }) => (
            <tr key={name}>
              <th scope="row">
                <Figures>{name}</Figures>
              </th>
              <td className="es-amount-column">
                {value === null ? <BlankName blank={blank} /> : <Figures>{text}</Figures>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BlankName({ blank }: { blank: string | null }) {
  const { i18n } = useLingui();
  return <small>{i18n._(BLANK_NAMES[blank ?? 'not_measured']!)}</small>;
}
