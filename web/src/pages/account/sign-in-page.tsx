import { Trans, useLingui } from '@lingui/react/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { SessionView } from '@wire/identity/session.schema.js';
import { ApiProblem } from '../../api/call';
import { homeOf } from '../../api/role-homes';
import { signIn } from '../../api/session';
import { Tile } from '../../brand/tile';
import { useTitle } from '../../shell/title';
import { beginAtInstitution, canUsePasskeys, passkeyFaultText, signInByPasskey } from '../security/api';
import './sign-in-page.css';
import { signInProblemText } from '../security/problem-words';

export function SignInPage() {
  const { t } = useLingui();
  useTitle(t`Sign in`);
  const { next, fault } = useSearch({ from: '/page/sign-in' });
  const navigate = useNavigate();
  const form = useForm({ initialValues: { email: '', password: '', code: '' } });
  // Whoever should have a passkey or an app, and has neither, is asked for it first.
  const onSuccess = (session: SessionView | null) =>
    navigate({ to: session?.isFactorWanted ? '/me/security' : (next ?? homeOf(session)) });
  const entry = useMutation({
    mutationFn: ({ code, ...rest }: typeof form.values) => signIn(code ? { ...rest, code } : rest),
    onSuccess,
  });
  const passkey = useMutation({ mutationFn: signInByPasskey, onSuccess });
  const institution = useMutation({
    mutationFn: () => beginAtInstitution(form.values.email, next),
    onSuccess: ({ url }) => location.assign(url),
  });
  const refusal = entry.error instanceof ApiProblem ? entry.error.code : '';
  const isFirstAsk = refusal === 'session.code_required';
  const wantsCode = isFirstAsk || refusal === 'session.code_refused';
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
        {(wantsCode || form.values.code !== '') && (
          <TextInput
            label={t`Code of the authenticator app, or a recovery code`}
            autoComplete="one-time-code"
            minLength={6}
            maxLength={40}
            required
            autoFocus
            withAsterisk={false}
            {...form.getInputProps('code')}
          />
        )}
        {entry.error && !isFirstAsk && <Fault text={signInProblemText(entry.error)} />}
        <Button type="submit" color="tomette" size="lg" fullWidth loading={entry.isPending}>
          <Trans>Sign in</Trans>
        </Button>
        {canUsePasskeys() && (
          <Button
            variant="default"
            size="lg"
            fullWidth
            loading={passkey.isPending}
            onClick={() => passkey.mutate()}
          >
            <Trans>Sign in with a passkey</Trans>
          </Button>
        )}
        {passkey.error && <Fault text={passkeyFaultText(passkey.error)} />}
        {fault && !institution.error && <Fault text={signInProblemText(new ApiProblem(403, fault, fault))} />}
        {institution.error && <Fault text={signInProblemText(institution.error)} />}
        <p className="account-ways">
          <button
            type="button"
            className="text-button"
            disabled={institution.isPending || !form.values.email.includes('@')}
            onClick={() => institution.mutate()}
          >
            <Trans>With the account of my institution</Trans>
          </button>
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

function Fault({ text }: { text: string }) {
  return (
    <p className="form-fault" role="alert">
      {text}
    </p>
  );
}
