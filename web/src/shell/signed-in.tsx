import { Trans } from '@lingui/react/macro';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useSession } from '../api/session';
import { QuietPage } from './faults';
import { LinkButton } from '../components/link-button';

/** For the pages of a person. Offline, the device's memory of the session is enough to show what it keeps. */
export function SignedIn() {
  const session = useSession();
  const { href } = useLocation();
  if (session.data) return <Outlet />;
  if (session.isPending) return null;
  return (
    <QuietPage title={<Trans>Sign in to see this</Trans>}>
      <p>
        {session.error ? (
          <Trans>There is no network, and nobody is signed in on this device yet.</Trans>
        ) : (
          <Trans>Your pass and your bookings are shown to you alone.</Trans>
        )}
      </p>
      <LinkButton to="/sign-in" search={{ next: href }} color="tomette">
        <Trans>Sign in</Trans>
      </LinkButton>
    </QuietPage>
  );
}
