import { Trans, useLingui } from '@lingui/react/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { problemText } from '../../api/problem-text';
import { homeOf } from '../../api/role-homes';
import { signIn } from '../../api/session';
import { Tile } from '../../brand/tile';
import { useTitle } from '../../shell/title';
import './sign-in-page.css';

export function SignInPage() {
  const { t } = useLingui();
  useTitle(t`Sign in`);
  const { next } = useSearch({ from: '/page/sign-in' });
  const navigate = useNavigate();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const entry = useMutation({
    mutationFn: ({ email, password }: typeof form.values) => signIn(email, password),
    onSuccess: (session) => navigate({ to: next ?? homeOf(session) }),
  });
  return (
    <section className="sign-in">
      <Tile id="sign-in" className="sign-in-tile" />
      <form className="sign-in-form" onSubmit={form.onSubmit((values) => entry.mutate(values))}>
        <h1>
          <Trans>Sign in</Trans>
        </h1>
        <p>
          <Trans>One sign-in for your pass, your bookings and your space.</Trans>
        </p>
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        {entry.error && (
          <p className="form-fault" role="alert">
            {problemText(entry.error)}
          </p>
        )}
        <Button type="submit" color="tomette" size="lg" fullWidth loading={entry.isPending}>
          <Trans>Sign in</Trans>
        </Button>
        <p className="account-ways">
          <Link to="/register">
            <Trans>Register</Trans>
          </Link>
          <Link to="/reset-password">
            <Trans>Forgotten the password?</Trans>
          </Link>
        </p>
      </form>
    </section>
  );
}
