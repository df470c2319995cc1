import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useSession, worksAt } from '../../api/session';
import { spacesQuery } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './manage-page.css';

/** The spaces somebody works for. With one there is nothing to choose. */
export function ManagePage() {
  const { t } = useLingui();
  useTitle(t`My space`);
  const { data: session } = useSession();
  const { data: spaces, isPending } = useQuery(spacesQuery);
  if (isPending) return null;
  const mine = (session && spaces?.filter((space) => worksAt(session, space))) ?? [];
  const [only, another] = mine;
  if (!only) {
    return (
      <QuietPage title={<Trans>You manage no space yet</Trans>}>
        <p>
          <Trans>The operator of a space can invite you to its team.</Trans>
        </p>
      </QuietPage>
    );
  }
  if (!another)
    return <Navigate to="/space/$spaceId/{-$tab}" params={{ spaceId: only.id, tab: 'today' }} replace />;
  return (
    <section className="choose-space">
      <h1>
        <Trans>Which space?</Trans>
      </h1>
      <ul>
        {mine.map(({ id, name, city }) => (
          <li key={id}>
            <Link to="/space/$spaceId/{-$tab}" params={{ spaceId: id, tab: 'today' }}>
              <Tile id={id} className="choose-tile" />
              <span>
                <strong>{name}</strong>
                {city}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
