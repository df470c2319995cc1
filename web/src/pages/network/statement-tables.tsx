import { Trans, useLingui } from '@lingui/react/macro';
import type { Unit } from '@wire/kernel/money.js';
import type { StatementLine, StatementView } from '@wire/settlement/statement.schema.js';
import type { ReactNode } from 'react';
import { Figures } from '../../components/figures';
import { useAddress } from './here';
import { Amount, longDay, Net } from './parts/net';
import { DaysOf } from './parts/record';
import { Empty, WideTable } from './parts/table';
import { chargeText } from './words';

const sign = (direction: 'RECEIVES' | 'PAYS') => (direction === 'RECEIVES' ? 1 : -1);

type Group = {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly direction: 'RECEIVES' | 'PAYS';
  halfDays: number;
  visits: number;
  minor: number;
};

function grouped(lines: readonly StatementLine[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { counterparty, direction, amount, halfDays } of lines) {
    const key = `${amount.unit} ${direction} ${counterparty.id}`;
    const group = groups.get(key) ?? {
      ...counterparty,
      direction,
      unit: amount.unit,
      halfDays: 0,
      visits: 0,
      minor: 0,
    };
    group.halfDays += halfDays;
    group.visits += 1;
    group.minor += amount.minor;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function Sums({ lines, colSpan }: { lines: readonly StatementLine[]; colSpan: number }) {
  const sums = new Map<Unit, number>();
  for (const { amount, direction } of lines)
    sums.set(amount.unit, (sums.get(amount.unit) ?? 0) + sign(direction) * amount.minor);
  return (
    <tfoot>
      {[...sums].map(([unit, minor]) => (
        <tr key={unit}>
          <th scope="row" colSpan={colSpan}>
            <Trans>Control sum</Trans>
          </th>
          <td className="es-amount-column">
            <Net unit={unit} minor={minor} />
          </td>
        </tr>
      ))}
    </tfoot>
  );
}

const NoLines = () => (
  <Empty>
    <Trans>No visit on this statement.</Trans>
  </Empty>
);

/** By the other side; the amount opens its lines. */
export function SummaryLines({ lines }: { lines: readonly StatementLine[] }) {
  const { t } = useLingui();
  const [, setAddress] = useAddress();
  if (lines.length === 0) return <NoLines />;
  return (
    <WideTable label={t`Visits by other side`}>
      <thead>
        <tr>
          <Column>
            <Trans>Other side</Trans>
          </Column>
          <Column isAmount>
            <Trans>Visits</Trans>
          </Column>
          <Column isAmount>
            <Trans>Days</Trans>
          </Column>
          <Column isAmount>
            <Trans>Amount</Trans>
          </Column>
        </tr>
      </thead>
      <tbody>
        {grouped(lines).map((group) => (
          <tr key={`${group.id}${group.direction}${group.unit}`}>
            <th scope="row">
              {group.direction === 'RECEIVES' ? (
                <Trans>from {group.name}</Trans>
              ) : (
                <Trans>to {group.name}</Trans>
              )}
            </th>
            <td className="es-amount-column">
              <Figures>{group.visits}</Figures>
            </td>
            <td className="es-amount-column">
              <DaysOf halfDays={group.halfDays} />
            </td>
            <td className="es-amount-column">
              <button
                type="button"
                className="figure-door"
                onClick={() =>
                  setAddress(
                    { view: 'items', direction: group.direction, other: group.id },
                    { isNewPlace: true },
                  )
                }
              >
                <Net unit={group.unit} minor={sign(group.direction) * group.minor} />
              </button>
            </td>
          </tr>
        ))}
      </tbody>
      <Sums lines={lines} colSpan={3} />
    </WideTable>
  );
}

/** Every visit; the amount opens its scan, clause and rate. */
export function ItemisedLines({ lines }: { lines: readonly StatementLine[] }) {
  const { t } = useLingui();
  const [, setAddress] = useAddress();
  if (lines.length === 0) return <NoLines />;
  return (
    <WideTable label={t`Visits one by one`}>
      <thead>
        <tr>
          <Column>
            <Trans>Day</Trans>
          </Column>
          <Column>
            <Trans>Other side</Trans>
          </Column>
          <Column isAmount>
            <Trans>Days</Trans>
          </Column>
          <Column isAmount>
            <Trans>Rate of a half-day</Trans>
          </Column>
          <Column isAmount>
            <Trans>Amount</Trans>
          </Column>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.recordId}${line.direction}`}>
            <th scope="row">
              {longDay(line.day)}
              {line.late && (
                <small>
                  {' '}
                  <Trans>late</Trans>
                </small>
              )}
            </th>
            <td>
              {line.direction === 'RECEIVES' ? (
                <Trans>from {line.counterparty.name}</Trans>
              ) : (
                <Trans>to {line.counterparty.name}</Trans>
              )}
            </td>
            <td className="es-amount-column">
              <DaysOf halfDays={line.halfDays} />
            </td>
            <td className="es-amount-column">
              <Amount {...line.rate} />
            </td>
            <td className="es-amount-column">
              <button
                type="button"
                className="figure-door"
                onClick={() => setAddress({ record: line.recordId }, { isNewPlace: true })}
              >
                <Net unit={line.amount.unit} minor={sign(line.direction) * line.amount.minor} />
              </button>
            </td>
          </tr>
        ))}
      </tbody>
      <Sums lines={lines} colSpan={4} />
    </WideTable>
  );
}

function Column({ isAmount, children }: { isAmount?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={isAmount ? 'es-amount-column' : undefined}>
      {children}
    </th>
  );
}

/** Beside the visits: fees, shares, dues, credits, and what earlier windows left. */
export function Charges({ charges }: Pick<StatementView, 'charges'>) {
  const { t } = useLingui();
  if (charges.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Beside visits</Trans>
      </h2>
      <WideTable label={t`Beside visits`}>
        <tbody>
          {charges.map(({ chargeId, kind, day, note, counterparty, amount, direction }) => (
            <tr key={`${chargeId}${direction}`}>
              <th scope="row">{longDay(day)}</th>
              <td>
                {chargeText(kind)} <small>{note}</small>
              </td>
              <td>{counterparty.name}</td>
              <td className="es-amount-column">
                <Net unit={amount.unit} minor={sign(direction) * amount.minor} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

export function Vat({ vat }: Pick<StatementView, 'vat'>) {
  const { t } = useLingui();
  if (vat.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>VAT</Trans>
      </h2>
      <WideTable label={t`VAT`}>
        <tbody>
          {vat.map(({ counterparty, direction, vat: amount, vatBps, document }) => (
            <tr key={`${counterparty.id}${direction}${document}${amount.unit}`}>
              <th scope="row">{counterparty.name}</th>
              <td>
                <Figures>{`${vatBps / 100} %`}</Figures>
              </td>
              <td className="es-amount-column">
                <Net unit={amount.unit} minor={sign(direction) * amount.minor} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
