import { Trans, useLingui } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useQuery } from '@tanstack/react-query';
import { UNITS, type Unit } from '@wire/kernel/money.js';
import type { Figure, Report } from '@wire/observatory/report.schema.js';
import { Figures } from '../../components/figures';
import { moneyText } from '../../components/money';
import { intlTag } from '../../i18n/activate';
import { methodQuery } from './api';
import { BLANK_NAMES, FAMILY_NAMES, INDICATOR_NAMES, MEASURE_NAMES, UNIT_NAMES } from './names';

const FAMILIES = ['ECO', 'SOC', 'CUL', 'ENV', 'NET'] as const;
const BPS_PER_PERCENT = 100;

/** Economy, people, culture, environment, network: each a table, what is not measured last. */
export function FigureTables({ report }: { report: Report }) {
  const { data: method } = useQuery(methodQuery);
  if (!method) return null;
  const familyOf = new Map(method.indicators.map(({ id, family }) => [id, family]));
  return (
    <div className="impact-families">
      {FAMILIES.map((family) => {
        const figures = report.figures.filter(({ indicator }) => familyOf.get(indicator) === family);
        return <Family key={family} family={family} figures={figures} />;
      })}
    </div>
  );
}

function Family({ family, figures }: { family: string; figures: readonly Figure[] }) {
  const { i18n } = useLingui();
  const name = i18n._(FAMILY_NAMES[family]!);
  const measured = figures.filter(({ blank }) => blank !== 'not_measured');
  const others = figures.filter(({ blank }) => blank === 'not_measured');
  return (
    <section className="impact-family">
      <h2>{name}</h2>
      {measured.length > 0 && (
        <div className="wide-table" role="region" aria-label={name} tabIndex={0}>
          <table className="impact-table">
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Indicator</Trans>
                </th>
                <th scope="col" className="es-amount-column">
                  <Trans>Value</Trans>
                </th>
                <th scope="col" className="es-amount-column">
                  n
                </th>
                <th scope="col" className="es-amount-column">
                  <Trans>missing</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {measured.map((figure) => (
                <Row key={`${figure.indicator} ${figure.measure}`} figure={figure} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {others.length > 0 && (
        <p className="impact-not">
          <Trans>Not measured yet:</Trans>{' '}
          {others.map(({ indicator }) => i18n._(INDICATOR_NAMES[indicator]!)).join(' · ')}
        </p>
      )}
    </section>
  );
}

function Row({ figure }: { figure: Figure }) {
  const { i18n } = useLingui();
  const { indicator, measure, value, blank, n, missingBps } = figure;
  const [first = '', ...rest] = measure.split(' ');
  const words = [named(MEASURE_NAMES, first), ...rest].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        {i18n._(INDICATOR_NAMES[indicator]!)}
        {words.length > 0 && <small> {words.join(' ')}</small>}{' '}
        <small className="impact-id">{indicator}</small>
      </th>
      <td className="es-amount-column">
        {value === null ? (
          <small>{i18n._(BLANK_NAMES[blank ?? 'not_measured']!)}</small>
        ) : (
          <Value value={value} unit={figure.unit} />
        )}
      </td>
      <td className="es-amount-column">
        <Figures>{n ?? '…'}</Figures>
      </td>
      <td className="es-amount-column">
        {missingBps === null ? '…' : <Figures>{`${Math.round(missingBps / BPS_PER_PERCENT)} %`}</Figures>}
      </td>
    </tr>
  );
  function named(names: Readonly<Record<string, MessageDescriptor>>, word: string): string {
    const known = names[word];
    return known ? i18n._(known) : word;
  }
}

function Value({ value, unit }: { value: number; unit: string }) {
  const { i18n } = useLingui();
  if (unit in UNITS) return <Figures>{moneyText({ unit: unit as Unit, minor: value })}</Figures>;
  const number = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 2 }).format(value);
  const name = UNIT_NAMES[unit];
  return (
    <>
      <Figures>{number.replace('-', '\u2212')}</Figures> {name ? i18n._(name) : unit}
    </>
  );
}
