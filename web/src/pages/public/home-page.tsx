import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type FormEvent } from 'react';
import { spacesQuery } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { SeaMapLater } from '../../components/sea-map-later';
import { useTitle } from '../../shell/title';
import './home-page.css';

/** The sea with what is on it, a question over it, and how the pass works. */
export function HomePage() {
  const { t } = useLingui();
  useTitle(undefined);
  const { data: spaces } = useQuery(spacesQuery);
  const points = useMemo(() => spaces?.map((space) => ({ ...space, mark: null })) ?? [], [spaces]);
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const height = isPhone ? 380 : 520;
  return (
    <div className="home">
      <div className="home-sea">
        <SeaMapLater points={points} label={t`Map of spaces`} height={height} under={isPhone ? 120 : 0} />
        <Ask />
      </div>
      {spaces && <Numbers spaces={spaces} />}
      <Steps />
    </div>
  );
}

function Ask() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const go = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget).get('q');
    const q = typeof asked === 'string' ? asked.trim() : '';
    void navigate({ to: '/spaces', search: q ? { q } : {} });
  };
  return (
    <form className="home-ask" role="search" onSubmit={go}>
      <h1>
        <Trans>Where next?</Trans>
      </h1>
      <p>
        <Trans>Work from another city with the pass you already have.</Trans>
      </p>
      <div className="home-ask-row">
        <input
          name="q"
          type="search"
          aria-label={t`City or space`}
          placeholder={t`City or space`}
          maxLength={80}
        />
        <Button type="submit" color="tomette">
          <Trans>Find</Trans>
        </Button>
      </div>
    </form>
  );
}

function Numbers({ spaces }: { spaces: readonly { city: string; country: string }[] }) {
  const cities = new Set(spaces.map(({ city }) => city)).size;
  const countries = new Set(spaces.map(({ country }) => country)).size;
  return (
    <dl className="home-numbers">
      <div>
        <dt>
          <Trans>spaces</Trans>
        </dt>
        <dd>
          <Figures>{spaces.length}</Figures>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>cities</Trans>
        </dt>
        <dd>
          <Figures>{cities}</Figures>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>countries</Trans>
        </dt>
        <dd>
          <Figures>{countries}</Figures>
        </dd>
      </div>
    </dl>
  );
}

function Steps() {
  return (
    <section className="home-steps">
      <h2>
        <Trans>How the pass works</Trans>
      </h2>
      <ol>
        <li>
          <Tile id="step-home" cells={2} className="home-step-tile" />
          <h3>
            <Trans>Your home space gives you a pass</Trans>
          </h3>
          <p>
            <Trans>It lives on your phone. Nothing to install, and it works without a network.</Trans>
          </p>
        </li>
        <li>
          <Tile id="step-choose" cells={2} className="home-step-tile" />
          <h3>
            <Trans>You choose a desk elsewhere</Trans>
          </h3>
          <p>
            <Trans>Book days ahead or walk in. Before you confirm you see what pays, and what is left.</Trans>
          </p>
        </li>
        <li>
          <Tile id="step-door" cells={2} className="home-step-tile" />
          <h3>
            <Trans>The door reads your code</Trans>
          </h3>
          <p>
            <Trans>
              The spaces settle the visit between them. You pay nothing at the counter that you did not agree
              to.
            </Trans>
          </p>
        </li>
      </ol>
      <Link to="/spaces" className="home-all">
        <Trans>See all spaces</Trans>
      </Link>{' '}
      <Link to="/charter" className="home-all">
        <Trans>Read the charter</Trans>
      </Link>
      {' · '}
      <Link to="/stays/$" params={{ _splat: '' }} className="home-all">
        <Trans>Immersion stays</Trans>
      </Link>
      {' · '}
      <Link to="/encounters/{-$part}" params={{}} className="home-all">
        <Trans>Connected places</Trans>
      </Link>
      {' · '}
      <Link to="/data" className="home-all">
        <Trans>Data bank</Trans>
      </Link>
      {' · '}
      <Link to="/impact" className="home-all">
        <Trans>What it changes for territories</Trans>
      </Link>
    </section>
  );
}
