import { Trans, useLingui } from '@lingui/react/macro';
import type { PositionPage } from '@wire/settlement/window.schema.js';
import type { CSSProperties, KeyboardEvent } from 'react';
import { Figures } from '../../../components/figures';
import { moneyText } from '../../../components/money';
import { useAddress } from '../here';
import { Amount, Net } from '../parts/net';
import { WideTable } from '../parts/table';
import { heatShare, netsOf, type Cells } from './pairs.rules';

/** Rows pay, columns receive; the deeper the tint the more. Each number opens the visits behind it. */
export function Matrix({ cells, positions }: { cells: Cells; positions: PositionPage['items'] | undefined }) {
  const { t } = useLingui();
  const { parties, unit } = cells;
  const nets = netsOf(cells);
  const netOf = (index: number) =>
    positions?.find(({ party }) => party.id === parties[index]!.id)?.netMinor ?? nets[index]!;
  return (
    <WideTable label={t`Who owes whom, in ${unit}`}>
      <caption>
        <Trans>Rows pay, columns receive.</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>pays</Trans>
          </th>
          {parties.map(({ id, name }) => (
            <th key={id} scope="col" className="es-amount-column">
              {name}
            </th>
          ))}
          <th scope="col" className="es-amount-column">
            <Trans>net</Trans>
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={walk}>
        {parties.map(({ id, name }, row) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {parties.map((other, column) => (
              <Cell key={other.id} cells={cells} row={row} column={column} />
            ))}
            <td className="es-amount-column">
              <Net unit={unit} minor={netOf(row)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            <Trans>Control sum</Trans>
          </th>
          <td colSpan={parties.length} className="es-amount-column">
            <Amount unit={unit} minor={cells.sum} />
          </td>
          <td className="es-amount-column">
            <Amount unit={unit} minor={parties.reduce((sum, _, index) => sum + netOf(index), 0)} />
          </td>
        </tr>
      </tfoot>
    </WideTable>
  );
}

function Cell({ cells, row, column }: { cells: Cells; row: number; column: number }) {
  const { t } = useLingui();
  const [, setAddress] = useAddress();
  const minor = cells.minor[row]![column]!;
  const [debtor, host] = [cells.parties[row]!, cells.parties[column]!];
  if (minor === 0)
    return (
      <td className="es-amount-column heat-none">
        <Figures>·</Figures>
      </td>
    );
  const amount = moneyText({ unit: cells.unit, minor });
  return (
    <td
      className="es-amount-column heat"
      style={{ '--share': heatShare(minor, cells.most) } as CSSProperties}
    >
      <button
        type="button"
        data-cell={`${row}.${column}`}
        aria-label={t`${debtor.name} owes ${host.name} ${amount}`}
        onClick={() => setAddress({ pair: `${debtor.id}.${host.id}` }, { isNewPlace: true })}
      >
        <Amount unit={cells.unit} minor={minor} />
      </button>
    </td>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Arrows go to the next number in that direction, over what is empty. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const from = (event.target as HTMLElement).dataset['cell']?.split('.').map(Number);
  if (!step || !from) return;
  event.preventDefault();
  const isMirrored = document.documentElement.dir === 'rtl';
  let [row, column] = from as [number, number];
  for (let tries = 0; tries < event.currentTarget.children.length; tries += 1) {
    row += step[0];
    column += isMirrored ? -step[1] : step[1];
    const next = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${row}.${column}"]`);
    if (next) {
      next.focus();
      return;
    }
  }
}
