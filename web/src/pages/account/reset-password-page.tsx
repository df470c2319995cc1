import { Trans, useLingui } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { askForReset } from '../../api/account';
import { problemText } from '../../api/problem-text';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';

/** Tells nobody whether an address has an account. */
export function ResetPasswordPage() {
  const { t } = useLingui();
  useTitle(t`Ask for a new password`);
  const form = useForm({ initialValues: { email: '' } });
  const asking = useMutation({ mutationFn: askForReset });
  if (asking.isSuccess) {
    return (
      <AccountCard id="reset" title={<Trans>Look into your mail</Trans>}>
        <p role="status">
          <Trans>If that address has an account, a link is on its way. It works for one hour.</Trans>
        </p>
      </AccountCard>
    );
  }
  return (
    <AccountCard id="reset" title={<Trans>Ask for a new password</Trans>}>
      <form className="account-fields" onSubmit={form.onSubmit(({ email }) => asking.mutate(email))}>
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        {asking.error && (
          <p className="form-fault" role="alert">
            {problemText(asking.error)}
          </p>
        )}
        <Button type="submit" color="tomette" size="lg" fullWidth loading={asking.isPending}>
          <Trans>Send me a link</Trans>
        </Button>
      </form>
    </AccountCard>
  );
}
