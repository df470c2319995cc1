import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type FormEvent } from 'react';
import { formText } from '../../components/form-text';
import { canUsePasskeys, passkeyFaultText, prove, proveByPasskey, waysQuery } from './api';
import './security.css';
import { signInProblemText } from './problem-words';

/** Stands before what moves money or changes how somebody signs in, until they have shown again that it is them. */
export function ProofDialog({ onDone }: { onDone: (isProved: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data: ways, error } = useQuery(waysQuery);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="proof-question"
      aria-labelledby="proof-title"
      onClose={() => onDone(false)}
    >
      <h2 id="proof-title">
        <Trans>Is it you?</Trans>
      </h2>
      <p>
        <Trans>This asks for a proof that is not older than a few minutes.</Trans>
      </p>
      {error && <Fault text={signInProblemText(error)} />}
      {ways && <Ways ways={ways} onProved={() => onDone(true)} />}
      <button type="button" className="pill" onClick={() => dialog.current?.close()}>
        <Trans>Not now</Trans>
      </button>
    </dialog>
  );
}

type Known = {
  readonly hasPassword: boolean;
  readonly passkeys: readonly unknown[];
  readonly authenticator: unknown;
  readonly recoveryCodesLeft: number;
};

function Ways({ ways, onProved }: { ways: Known; onProved: () => void }) {
  const hasFactor = ways.passkeys.length > 0 || ways.authenticator !== null;
  if (!hasFactor && !ways.hasPassword)
    return (
      <p>
        <Trans>
          Sign out and sign in again with your institution: that is proof enough for five minutes.
        </Trans>
      </p>
    );
  return (
    <>
      {ways.passkeys.length > 0 && canUsePasskeys() && <ByPasskey onProved={onProved} />}
      {hasFactor ? (
        (ways.authenticator !== null || ways.recoveryCodesLeft > 0) && <ByCode onProved={onProved} />
      ) : (
        <ByPassword onProved={onProved} />
      )}
    </>
  );
}

function ByPasskey({ onProved }: { onProved: () => void }) {
  const proving = useMutation({ mutationFn: proveByPasskey, onSuccess: onProved });
  return (
    <>
      <button
        type="button"
        className="pill pill-strong"
        disabled={proving.isPending}
        onClick={() => proving.mutate()}
      >
        <Trans>Use a passkey</Trans>
      </button>
      {proving.error && <Fault text={passkeyFaultText(proving.error)} />}
    </>
  );
}

function ByCode({ onProved }: { onProved: () => void }) {
  const proving = useMutation({ mutationFn: prove, onSuccess: onProved });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    proving.mutate({ code: formText(new FormData(event.currentTarget), 'code') });
  };
  return (
    <form className="security-form" onSubmit={submit}>
      <label>
        <Trans>Code of the authenticator app, or a recovery code</Trans>
        <CodeInput />
      </label>
      {proving.error && <Fault text={signInProblemText(proving.error)} />}
      <button type="submit" className="pill pill-strong" disabled={proving.isPending}>
        <Trans>Prove it by the code</Trans>
      </button>
    </form>
  );
}

function ByPassword({ onProved }: { onProved: () => void }) {
  const proving = useMutation({ mutationFn: prove, onSuccess: onProved });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    proving.mutate({ password: formText(new FormData(event.currentTarget), 'password') });
  };
  return (
    <form className="security-form" onSubmit={submit}>
      <label>
        <Trans>Password</Trans>
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {proving.error && <Fault text={signInProblemText(proving.error)} />}
      <button type="submit" className="pill pill-strong" disabled={proving.isPending}>
        <Trans>Prove it by the password</Trans>
      </button>
    </form>
  );
}

export function CodeInput({ isApp = false }: { isApp?: boolean }) {
  return (
    <input
      name="code"
      dir="ltr"
      className="security-code"
      autoComplete="one-time-code"
      inputMode={isApp ? 'numeric' : 'text'}
      {...(isApp ? { pattern: '[0-9]{6}' } : {})}
      minLength={6}
      maxLength={40}
      required
    />
  );
}

export function Fault({ text }: { text: string }) {
  return (
    <p className="form-fault" role="alert">
      {text}
    </p>
  );
}
