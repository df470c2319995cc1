import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { AuthenticatorView } from '@wire/identity/factor.schema.js';
import { AcceptedView } from '@wire/identity/person.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { formText } from '../../components/form-text';
import { QrCode } from '../../components/qr-code';
import { useSecurityAct } from './api';
import { CodeInput, Fault } from './proof-dialog';
import { signInProblemText } from './problem-words';

/** An app that makes a code each half-minute: there is one, or there is one to add. */
export function AuthenticatorPart({ authenticator }: { authenticator: { id: string } | null }) {
  return (
    <section className="security-part">
      <h2>
        <Trans>Authenticator app</Trans>
      </h2>
      {authenticator ? <Held id={authenticator.id} /> : <Add />}
    </section>
  );
}

function Held({ id }: { id: string }) {
  const removing = useSecurityAct(() =>
    call(`/v1/authenticators/${id}`, { method: 'DELETE', returns: AcceptedView }),
  );
  return (
    <>
      <p>
        <Trans>Your password asks for a code of your app as well.</Trans>
      </p>
      {removing.error && <Fault text={signInProblemText(removing.error)} />}
      <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
        <Trans>Remove the app</Trans>
      </Button>
    </>
  );
}

function Add() {
  const [id] = useState(newId);
  const beginning = useSecurityAct(() =>
    call(`/v1/authenticators/${id}`, { method: 'PUT', returns: AuthenticatorView }),
  );
  if (beginning.data?.uri) return <Confirm {...beginning.data} />;
  return (
    <>
      <p>
        <Trans>An app on your phone shows a new code each half-minute; at sign-in you type it.</Trans>
      </p>
      {beginning.error && <Fault text={signInProblemText(beginning.error)} />}
      <Button variant="default" loading={beginning.isPending} onClick={() => beginning.mutate()}>
        <Trans>Add an authenticator app</Trans>
      </Button>
    </>
  );
}

function Confirm({ id, uri, secret }: AuthenticatorView) {
  const { t } = useLingui();
  const confirming = useSecurityAct((code: string) =>
    call(`/v1/authenticators/${id}/confirmation`, {
      method: 'PUT',
      body: { code },
      returns: AuthenticatorView,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirming.mutate(formText(new FormData(event.currentTarget), 'code'));
  };
  return (
    <>
      <p>
        <Trans>Scan this with the app, or type the key into it:</Trans>
      </p>
      <div className="security-qr">
        <QrCode text={uri!} label={t`The key for the authenticator app`} />
      </div>
      <code dir="ltr">{secret!.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      <form className="security-form" onSubmit={submit}>
        <label>
          <Trans>The code that the app shows now</Trans>
          <CodeInput isApp />
        </label>
        {confirming.error && <Fault text={signInProblemText(confirming.error)} />}
        <Button type="submit" color="tomette" loading={confirming.isPending}>
          <Trans>Confirm</Trans>
        </Button>
      </form>
    </>
  );
}
