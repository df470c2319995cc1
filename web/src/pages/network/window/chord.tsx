import { Trans, useLingui } from '@lingui/react/macro';
import { chordDirected, ribbonArrow, type Chord as Ribbon, type ChordSubgroup } from 'd3-chord';
import { moneyText } from '../../../components/money';
import { useAddress } from '../here';
import { Amount } from '../parts/net';
import type { Cells } from './pairs.rules';

const SIZE = 420;
const RADIUS = 148;
const ARC = 12;
const GAP = 0.06;
const COLOURS = 7;
const PARTIES_MAX = 24;

/** The same square as a picture: what flows from whom to whom. The table beside it says it in numbers. */
export function Chord({ cells }: { cells: Cells }) {
  const { t } = useLingui();
  const { parties, minor, unit, sum } = cells;
  if (sum === 0 || parties.length > PARTIES_MAX) return null;
  const chords = chordDirected().padAngle(GAP)(minor.map((row) => [...row]));
  const total = moneyText({ unit, minor: sum });
  const count = String(parties.length);
  return (
    <figure className="chord">
      <svg
        viewBox={`${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`}
        role="img"
        aria-label={t`${total} between ${count} parties. The largest flows are listed below.`}
      >
        {chords.map((ribbon) => (
          <path
            key={`${ribbon.source.index}-${ribbon.target.index}`}
            className={`ribbon hue-${ribbon.source.index % COLOURS}`}
            d={ribbonPath(ribbon)}
          />
        ))}
        {chords.groups.map(({ index, startAngle, endAngle }) => (
          <g key={index}>
            <path className={`arc hue-${index % COLOURS}`} d={arcPath(startAngle, endAngle)} />
            <Label name={parties[index]!.name} angle={(startAngle + endAngle) / 2} />
          </g>
        ))}
      </svg>
      <figcaption>
        <Largest cells={cells} />
      </figcaption>
    </figure>
  );
}

const LARGEST = 3;

/** What the picture tells, in words. */
function Largest({ cells: { parties, minor, unit } }: { cells: Cells }) {
  const [, setAddress] = useAddress();
  const flows = minor
    .flatMap((row, from) => row.map((amount, to) => ({ from: parties[from]!, to: parties[to]!, amount })))
    .filter(({ amount }) => amount > 0)
    .toSorted((a, b) => b.amount - a.amount)
    .slice(0, LARGEST);
  return (
    <ol>
      {flows.map(({ from, to, amount }) => (
        <li key={`${from.id}${to.id}`}>
          <button
            type="button"
            className="text-button"
            onClick={() => setAddress({ pair: `${from.id}.${to.id}` }, { isNewPlace: true })}
          >
            <Trans>
              {from.name} to {to.name}
            </Trans>
          </button>{' '}
          <Amount unit={unit} minor={amount} />
        </li>
      ))}
    </ol>
  );
}

const draw = ribbonArrow<unknown, Ribbon, ChordSubgroup>()
  .radius(RADIUS - 2)
  .headRadius(ARC);

function ribbonPath(ribbon: Ribbon): string {
  return (draw(ribbon) as unknown as string | null) ?? '';
}

const at = (angle: number, radius: number) =>
  `${(Math.sin(angle) * radius).toFixed(2)} ${(-Math.cos(angle) * radius).toFixed(2)}`;

/** A piece of the ring, clockwise from twelve. */
function arcPath(from: number, until: number): string {
  const isLarge = until - from > Math.PI ? 1 : 0;
  const [inner, outer] = [RADIUS, RADIUS + ARC];
  return (
    `M${at(from, outer)}A${outer} ${outer} 0 ${isLarge} 1 ${at(until, outer)}` +
    `L${at(until, inner)}A${inner} ${inner} 0 ${isLarge} 0 ${at(from, inner)}Z`
  );
}

const NAME_LENGTH = 14;

function Label({ name, angle }: { name: string; angle: number }) {
  const [x, y] = at(angle, RADIUS + ARC + 12).split(' ');
  const side = Math.sin(angle);
  const anchor = Math.abs(side) < 0.2 ? 'middle' : side > 0 ? 'start' : 'end';
  return (
    <text x={x} y={y} textAnchor={anchor} dominantBaseline="middle" direction="ltr">
      {name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name}
    </text>
  );
}
