import { Trans, useLingui } from '@lingui/react/macro';
import { useElementSize } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { InterestView, type DemandView } from '@wire/data-bank/interest.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Suspense, use, useMemo, useState } from 'react';
import { call } from '../../api/call';
import { loadCoast, project } from '../../components/sea-map-shapes';
import '../../components/sea-map.css';
import { dayText } from '../../i18n/days';
import { demandQuery } from './api';
import { dataProblemText } from './words';

const HEIGHT = 320;

/** Where people would come or open a space: on the map, in a table, and in a form for one more. */
export function Demand() {
  const { data: demand = [] } = useQuery(demandQuery);
  const asked = demand.filter(({ workers, spaces }) => workers.count !== 0 || spaces.count !== 0);
  return (
    <section className="data-section">
      <h2>
        <Trans>Where a place is missing</Trans>
      </h2>
      <p>
        <Trans>
          Would you work there, or open a space? Tell us the city. Fewer than five people are never shown.
        </Trans>
      </p>
      <Suspense fallback={<div className="data-map-space" />}>
        <DemandMap asked={asked} />
      </Suspense>
      {asked.length > 0 && <DemandTable asked={asked} />}
      <Wish cities={demand} />
    </section>
  );
}

const RADIUS_HIDDEN_PX = 6;
const RADIUS_MAX_PX = 26;
const radiusOf = (count: number) => Math.min(RADIUS_MAX_PX, RADIUS_HIDDEN_PX + Math.sqrt(count) * 2);

function DemandMap({ asked }: { asked: readonly DemandView[] }) {
  const { t } = useLingui();
  const { ref, width: measured } = useElementSize();
  const width = Math.round(measured) || 360;
  const coast = use(loadCoast());
  const { drawn, dots } = useMemo(() => {
    const size = { width, height: HEIGHT };
    const projection = project([], 1, size);
    const placed = asked.map((city) => ({ city, at: projection([city.lon, city.lat])! }));
    return { drawn: coast.draw(projection, size), dots: placed };
  }, [asked, coast, width]);
  return (
    <div ref={ref} className="sea-map-frame">
      <svg
        className="sea-map"
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={t`Map of the cities asked for`}
      >
        <rect className="sea" width="100%" height="100%" />
        <path className="land" d={drawn.land} />
        <path className="shore" d={drawn.shore} />
        {dots.map(({ city, at: [x, y] }) => {
          const known = (city.workers.count ?? 0) + (city.spaces.count ?? 0);
          return (
            <circle
              key={`${city.country}/${city.city}`}
              className={known > 0 ? 'data-dot' : 'data-ring'}
              cx={x}
              cy={y}
              r={radiusOf(known)}
            >
              <title>{city.city}</title>
            </circle>
          );
        })}
      </svg>
    </div>
  );
}

function DemandTable({ asked }: { asked: readonly DemandView[] }) {
  return (
    <div className="data-scroll" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>City</Trans>
            </th>
            <th scope="col">
              <Trans>Would work there</Trans>
            </th>
            <th scope="col">
              <Trans>Would open a space</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ city, country, workers, spaces }) => (
            <tr key={`${country}/${city}`}>
              <th scope="row">
                {city}, {country}
              </th>
              <td>{workers.count ?? <Trans>fewer than five</Trans>}</td>
              <td>{spaces.count ?? <Trans>fewer than five</Trans>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Wished = { country: string; city: string; kind: string; email?: string; consent: boolean };

function Wish({ cities }: { cities: readonly DemandView[] }) {
  const queries = useQueryClient();
  const [id, renew] = useState(newId);
  const [email, setEmail] = useState('');
  const wishing = useMutation({
    mutationFn: (body: Wished) =>
      call(`/v1/data-bank/interests/${id}`, { method: 'PUT', body, returns: InterestView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: demandQuery.queryKey }),
  });
  const forgetting = useMutation({
    mutationFn: (of: string) =>
      call(`/v1/data-bank/interests/${of}/contact`, { method: 'DELETE', returns: InterestView }),
  });
  if (wishing.data)
    return (
      <Wished
        interest={forgetting.data ?? wishing.data}
        onForget={() => forgetting.mutate(wishing.data.id)}
        onMore={() => {
          renew(newId());
          wishing.reset();
          forgetting.reset();
        }}
      />
    );
  return (
    <form
      className="data-form"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const [country = '', city = ''] = (data.get('city') as string).split('/');
        const given = email.trim() === '' ? {} : { email: email.trim() };
        wishing.mutate({
          country,
          city,
          kind: data.get('kind') as string,
          ...given,
          consent: data.get('consent') === 'on',
        });
      }}
    >
      <label>
        <Trans>City</Trans>
        <select name="city" required>
          {cities.map(({ country, city }) => (
            <option key={`${country}/${city}`} value={`${country}/${city}`}>
              {city}, {country}
            </option>
          ))}
        </select>
      </label>
      <label>
        <Trans>I would</Trans>
        <select name="kind">
          <option value="WORKER">
            <Trans>work there</Trans>
          </option>
          <option value="SPACE">
            <Trans>open a space there</Trans>
          </option>
        </select>
      </label>
      <label>
        <Trans>E-mail, if you want to hear of it</Trans>
        <input
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          maxLength={254}
        />
      </label>
      {email !== '' && (
        <label className="data-tick">
          <input type="checkbox" name="consent" required />
          <Trans>Keep my address for this, for twelve months</Trans>
        </label>
      )}
      {wishing.error && (
        <p className="say-fault" role="alert">
          {dataProblemText(wishing.error)}
        </p>
      )}
      <button className="pill pill-strong" disabled={wishing.isPending}>
        <Trans>Count me in</Trans>
      </button>
    </form>
  );
}

function Wished({
  interest,
  onForget,
  onMore,
}: {
  interest: InterestView;
  onForget: () => void;
  onMore: () => void;
}) {
  const { city, purgeOn } = interest;
  const until = purgeOn && dayText(purgeOn);
  return (
    <div className="data-form" role="status">
      <p>
        <Trans>You are counted in {city}.</Trans>{' '}
        {until ? (
          <Trans>Your address is forgotten on {until}.</Trans>
        ) : (
          <Trans>No address of yours is kept.</Trans>
        )}
      </p>
      <p className="data-files">
        {until && (
          <button className="pill" onClick={onForget}>
            <Trans>Forget my address now</Trans>
          </button>
        )}
        <button className="pill" onClick={onMore}>
          <Trans>Another city</Trans>
        </button>
      </p>
    </div>
  );
}
