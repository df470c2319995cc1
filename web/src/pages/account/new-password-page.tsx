import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { choosePassword } from '../../api/account';
import { problemText } from '../../api/problem-text';
import { LinkButton } from '../../components/link-button';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';
import { IncompleteLink } from './incomplete-link';
import { useLinkSecret, type LinkSecret } from './link-secret';
import { NewPassword } from './new-password';

export function NewPasswordPage() {
  const { t } = useLingui();
  useTitle(t`Choose a new password`);
  const secret = useLinkSecret();
  return secret ? <Choose secret={secret} /> : <IncompleteLink />;
}

function Choose({ secret }: { secret: LinkSecret }) {
  const form = useForm({ initialValues: { password: '' } });
  const choice = useMutation({ mutationFn: (password: string) => choosePassword(secret, password) });
  if (choice.isSuccess) {
    return (
      <AccountCard id="reset" title={<Trans>Your password is changed</Trans>}>
        <p role="status">
          <Trans>You are signed out everywhere. Sign in with the new one.</Trans>
        </p>
        <LinkButton to="/sign-in" color="tomette" size="lg">
          <Trans>Sign in</Trans>
        </LinkButton>
      </AccountCard>
    );
  }
  return (
    <AccountCard id="reset" title={<Trans>Choose a new password</Trans>}>
      <form className="account-fields" onSubmit={form.onSubmit(({ password }) => choice.mutate(password))}>
        <NewPassword {...form.getInputProps('password')} />
        {choice.error && (
          <p className="form-fault" role="alert">
            {problemText(choice.error)}
          </p>
        )}
        <Button type="submit" color="tomette" size="lg" fullWidth loading={choice.isPending}>
          <Trans>Save the password</Trans>
        </Button>
      </form>
    </AccountCard>
  );
}
