import { Trans, useLingui } from '@lingui/react/macro';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { delegationsQuery } from '../../api/charter';
import { useTitle } from '../../shell/title';
import { DelegationRow } from './delegation-row';
import './charter.css';

/** The spaces that an institution acts for: what it may do there, until when, and what it did. */
export function ActingPage({ institutionIds }: { institutionIds: readonly string[] }) {
  const { t } = useLingui();
  useTitle(t`Spaces we act for`);
  const found = useQueries({ queries: institutionIds.map((id) => delegationsQuery(id)) });
  const held = found
    .flatMap(({ data }) => data?.items ?? [])
    .filter(({ delegate }) => institutionIds.includes(delegate.id));
  const isKnown = found.every(({ data }) => data !== undefined);
  return (
    <>
      <h1>
        <Trans>Spaces we act for</Trans>
      </h1>
      {isKnown && held.length === 0 && (
        <p className="charter-none">
          <Trans>
            No space lets you act for it. Its manager can, in the space’s office under Team, once you have
            signed the charter.
          </Trans>
        </p>
      )}
      <ul className="charter-list">
        {held.map((delegation) => (
          <DelegationRow key={delegation.id} delegation={delegation} isGiven={false} />
        ))}
      </ul>
      {held.length > 0 && (
        <p>
          <Link to="/space" search={{}}>
            <Trans>Open their offices</Trans>
          </Link>
        </p>
      )}
    </>
  );
}
