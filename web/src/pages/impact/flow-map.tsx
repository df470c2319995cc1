import { Trans, useLingui } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import type { GeoProjection } from 'd3-geo';
import type { Report } from '@wire/observatory/report.schema.js';
import { useCallback, useMemo } from 'react';
import { SeaMapLater } from '../../components/sea-map-later';
import { daysNumber } from '../../i18n/names';

const WIDTH_PX_MIN = 1.5;
const WIDTH_PX_MAX = 9;
/** How far an arc bends, as a share of its length. */
const BEND = 0.18;

/** Arcs from home to host, as wide as there were days; a flow that is hidden is a thin broken line. */
export function FlowMap({ report }: { report: Report }) {
  const { t } = useLingui();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const { flows } = report;
  const used = useMemo(() => {
    const codes = new Set(flows.flatMap(({ home, host }) => [home, host]));
    return report.territories.filter(({ code }) => codes.has(code));
  }, [flows, report.territories]);
  const points = useMemo(
    () => used.map(({ code, lat, lon }) => ({ id: code, name: code, city: code, lat, lon, mark: null })),
    [used],
  );
  const draw = useCallback(
    (projection: GeoProjection) => <Arcs flows={flows} territories={used} projection={projection} />,
    [flows, used],
  );
  if (points.length === 0) return null;
  return (
    <figure className="impact-map">
      <SeaMapLater
        points={points}
        draw={draw}
        label={t`Map of the flows between territories`}
        height={isPhone ? 320 : 460}
      />
      <figcaption>
        <Trans>
          From the home territory to the host, as wide as there were days. Broken lines are flows that may not
          be told.
        </Trans>
      </figcaption>
    </figure>
  );
}

function Arcs({
  flows,
  territories,
  projection,
}: {
  flows: Report['flows'];
  territories: Report['territories'];
  projection: GeoProjection;
}) {
  const places = new Map(territories.map(({ code, lon, lat }) => [code, projection([lon, lat])!]));
  const most = Math.max(1, ...flows.map(({ halfDays }) => halfDays ?? 0));
  return (
    <g className="impact-arcs">
      {flows.map(({ home, host, halfDays }) => {
        const [from, to] = [places.get(home), places.get(host)];
        if (!from || !to || home === host) return null;
        const width =
          halfDays === null ? 1 : WIDTH_PX_MIN + (WIDTH_PX_MAX - WIDTH_PX_MIN) * Math.sqrt(halfDays / most);
        const told = halfDays === null ? '…' : daysNumber(halfDays);
        return (
          <path
            key={`${home} ${host}`}
            className={halfDays === null ? 'hidden' : undefined}
            d={arc(from, to)}
            strokeWidth={width}
          >
            <title>{`${home} → ${host}: ${told}`}</title>
          </path>
        );
      })}
      {territories.map(({ code }) => {
        const [x, y] = places.get(code)!;
        return (
          <g key={code} transform={`translate(${x} ${y})`}>
            <circle r="5" />
            <text y="-9" textAnchor="middle">
              {code}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Bent to the right of its way, so that there and back are two lines. */
function arc([x1, y1]: [number, number], [x2, y2]: [number, number]): string {
  const [cx, cy] = [(x1 + x2) / 2 - (y2 - y1) * BEND, (y1 + y2) / 2 + (x2 - x1) * BEND];
  return `M${round(x1)} ${round(y1)}Q${round(cx)} ${round(cy)} ${round(x2)} ${round(y2)}`;
}

const round = (value: number) => Math.round(value * 10) / 10;
