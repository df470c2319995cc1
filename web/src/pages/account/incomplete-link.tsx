import { Trans, useLingui } from '@lingui/react/macro';
import { LinkButton } from '../../components/link-button';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';

export function IncompleteLink() {
  const { t } = useLingui();
  useTitle(t`This link is not complete`);
  return (
    <AccountCard id="link" title={<Trans>This link is not complete</Trans>}>
      <p>
        <Trans>
          Some mail programs cut long links. Copy the whole address from the mail, or ask for a new one.
        </Trans>
      </p>
      <LinkButton to="/reset-password" variant="default">
        <Trans>Ask for a new password</Trans>
      </LinkButton>
    </AccountCard>
  );
}
