import { Trans, useLingui } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { newId } from '@wire/kernel/ids.js';
import { LANGUAGES } from '@wire/kernel/wire.js';
import { useState } from 'react';
import { register } from '../../api/account';
import { problemText } from '../../api/problem-text';
import { useTitle } from '../../shell/title';
import { AccountCard } from './account-card';
import { NewPassword, PASSWORD_LENGTH_MIN } from './new-password';

export function RegisterPage() {
  const { t, i18n } = useLingui();
  useTitle(t`Register`);
  const [id] = useState(() => newId()); // one person, however often the button is pressed
  const form = useForm({ initialValues: { name: '', email: '', password: '' } });
  const entry = useMutation({
    mutationFn: (values: typeof form.values) =>
      register(id, { ...values, language: LANGUAGES.find((known) => known === i18n.locale) ?? 'en' }),
  });
  if (entry.data) return <Sent email={entry.data.email} />;
  return (
    <AccountCard id="register" title={<Trans>Register</Trans>}>
      <p>
        <Trans>One account for every space of the network.</Trans>
      </p>
      <form className="account-fields" onSubmit={form.onSubmit((values) => entry.mutate(values))}>
        <TextInput
          label={t`Name`}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          {...form.getInputProps('email')}
        />
        <NewPassword {...form.getInputProps('password')} />
        {entry.error && (
          <p className="form-fault" role="alert">
            {problemText(entry.error)}
          </p>
        )}
        <Button
          type="submit"
          color="tomette"
          size="lg"
          fullWidth
          loading={entry.isPending}
          disabled={form.values.password.length < PASSWORD_LENGTH_MIN}
        >
          <Trans>Register</Trans>
        </Button>
      </form>
      <p>
        <Link to="/sign-in">
          <Trans>I have an account already</Trans>
        </Link>
      </p>
    </AccountCard>
  );
}

function Sent({ email }: { email: string }) {
  return (
    <AccountCard id="register" title={<Trans>Look into your mail</Trans>}>
      <p role="status">
        <Trans>
          We have written to <bdi>{email}</bdi>. Open the link in it within two days to confirm your address.
        </Trans>
      </p>
      <p>
        <Trans>Nothing there? Look into the folder for spam, or register again.</Trans>
      </p>
    </AccountCard>
  );
}
