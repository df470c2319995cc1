import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { confirmAddress } from '../../api/account';
import { problemText } from '../../api/problem-text';
import { LinkButton } from '../../components/link-button';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';
import { IncompleteLink } from './incomplete-link';
import { useLinkSecret } from './link-secret';

/** A button, because programs that look into mails open links too: they confirm nothing. */
export function ConfirmAddressPage() {
  const { t } = useLingui();
  useTitle(t`Confirm your address`);
  const secret = useLinkSecret();
  const confirmation = useMutation({ mutationFn: confirmAddress });
  if (!secret) return <IncompleteLink />;
  if (confirmation.data) {
    return (
      <AccountCard id="confirm" title={<Trans>Your address is confirmed</Trans>}>
        <p role="status">
          <Trans>Welcome, {confirmation.data.name}. Sign in to find your first space.</Trans>
        </p>
        <LinkButton to="/sign-in" search={{ next: '/spaces' }} color="tomette" size="lg">
          <Trans>Sign in</Trans>
        </LinkButton>
      </AccountCard>
    );
  }
  return (
    <AccountCard id="confirm" title={<Trans>Confirm your address</Trans>}>
      <p>
        <Trans>One tap, and your account is yours.</Trans>
      </p>
      {confirmation.error && (
        <p className="form-fault" role="alert">
          {problemText(confirmation.error)}
        </p>
      )}
      <Button
        color="tomette"
        size="lg"
        loading={confirmation.isPending}
        onClick={() => confirmation.mutate(secret)}
      >
        <Trans>Confirm</Trans>
      </Button>
    </AccountCard>
  );
}
