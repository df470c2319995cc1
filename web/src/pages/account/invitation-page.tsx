import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { acceptInvitation } from '../../api/account';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { LinkButton } from '../../components/link-button';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';
import { IncompleteLink } from './incomplete-link';
import { useLinkSecret, type LinkSecret } from './link-secret';

export function InvitationPage() {
  const { t } = useLingui();
  useTitle(t`Invitation`);
  const secret = useLinkSecret('escale.invitation');
  const { data: session, isPending } = useSession();
  if (!secret) return <IncompleteLink />;
  if (isPending) return null;
  return session ? <Accept secret={secret} name={session.person.name} /> : <SignInFirst />;
}

/** This tab keeps the secret, so that the way back still knows it. */
function SignInFirst() {
  return (
    <AccountCard id="invitation" title={<Trans>You are invited</Trans>}>
      <p>
        <Trans>Sign in to accept, or register first and open this link again.</Trans>
      </p>
      <LinkButton to="/sign-in" search={{ next: '/invitation' }} color="tomette" size="lg">
        <Trans>Sign in</Trans>
      </LinkButton>
      <LinkButton to="/register" variant="default" size="lg">
        <Trans>Register</Trans>
      </LinkButton>
    </AccountCard>
  );
}

function Accept({ secret, name }: { secret: LinkSecret; name: string }) {
  const acceptance = useMutation({ mutationFn: acceptInvitation });
  if (acceptance.isSuccess) {
    return (
      <AccountCard id="invitation" title={<Trans>You are in</Trans>}>
        <p role="status">
          <Trans>The role is yours from now on.</Trans>
        </p>
        <LinkButton to="/space" color="tomette" size="lg">
          <Trans>Go on</Trans>
        </LinkButton>
      </AccountCard>
    );
  }
  return (
    <AccountCard id="invitation" title={<Trans>You are invited</Trans>}>
      <p>
        <Trans>You accept as {name}.</Trans>
      </p>
      {acceptance.error && (
        <p className="form-fault" role="alert">
          {problemText(acceptance.error)}
        </p>
      )}
      <Button
        color="tomette"
        size="lg"
        loading={acceptance.isPending}
        onClick={() => acceptance.mutate(secret)}
      >
        <Trans>Accept the invitation</Trans>
      </Button>
    </AccountCard>
  );
}
