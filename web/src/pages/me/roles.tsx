import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { SessionView } from '@wire/identity/session.schema.js';
import { chooseRole, ROLE_HOMES, rolesOf } from '../../api/role-homes';
import { ROLE_NAMES } from '../home/role-names';

/** One sign-in, several roles: the one that is chosen here is begun with next time. */
export function Roles({ session }: { session: SessionView }) {
  const { i18n, t } = useLingui();
  const roles = rolesOf(session);
  if (roles.length < 2) return null;
  return (
    <>
      <h2>
        <Trans>Begin as</Trans>
      </h2>
      <nav className="you-places" aria-label={t`Roles`}>
        {ROLE_HOMES.filter(([role]) => roles.includes(role)).map(([role, to]) => (
          <Link key={role} to={to} className="you-place" onClick={() => chooseRole(role)}>
            {i18n._(ROLE_NAMES[role]!)}
          </Link>
        ))}
      </nav>
    </>
  );
}
