import { Trans, useLingui } from '@lingui/react/macro';
import { useQueries } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { networkQuery } from '../../api/network';
import { useSession } from '../../api/session';
import { Tile } from '../../brand/tile';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import '../space/manage-page.css';

/** The networks somebody settles for. With one there is nothing to choose. */
export function NetworkHome() {
  const { t } = useLingui();
  useTitle(t`My network`);
  const { data: session } = useSession();
  const grants = session?.grants ?? [];
  const own = grants.filter(
    ({ organisationKind, role }) => organisationKind === 'network' && role !== 'nomad',
  );
  const ids = [...new Set((own.length > 0 ? own : grants).flatMap(({ networkIds }) => networkIds))];
  const networks = useQueries({ queries: ids.map((id) => networkQuery(id)) });
  const [only, another] = ids;
  if (!only)
    return (
      <QuietPage title={<Trans>You settle for no network yet</Trans>}>
        <p>
          <Trans>Whoever runs the network can invite you as its treasurer.</Trans>
        </p>
      </QuietPage>
    );
  const room = own.length > 0 ? 'overview' : 'health';
  if (!another)
    return <Navigate to="/network/$" params={{ _splat: `${only}/${room}` }} search={{}} replace />;
  return (
    <section className="choose-space">
      <h1>
        <Trans>Which network?</Trans>
      </h1>
      <ul>
        {networks.map(
          ({ data }) =>
            data && (
              <li key={data.id}>
                <Link to="/network/$" params={{ _splat: `${data.id}/${room}` }} search={{}}>
                  <Tile id={data.id} className="choose-tile" />
                  <span>
                    <strong>{data.name}</strong>
                  </span>
                </Link>
              </li>
            ),
        )}
      </ul>
    </section>
  );
}
