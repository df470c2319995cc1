import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PasskeyView, RecoveryCodesView } from '@wire/identity/factor.schema.js';
import { AcceptedView } from '@wire/identity/person.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { homeOf } from '../../api/role-homes';
import { useSession } from '../../api/session';
import { formText } from '../../components/form-text';
import { LinkButton } from '../../components/link-button';
import { useTitle } from '../../shell/title';
import { addPasskey, canUsePasskeys, passkeyFaultText, useSecurityAct, waysQuery } from './api';
import { AuthenticatorPart } from './authenticator';
import { Acts, OwnSessions } from './own-sessions';
import { Fault } from './proof-dialog';
import { Moment } from '../../components/moment';
import './security.css';
import { signInProblemText } from './problem-words';

/** The ways somebody signs in by, where they are signed in, and what has happened to both. */
export function SecurityPage() {
  const { t } = useLingui();
  useTitle(t`Sign-in and security`);
  const { data: session } = useSession();
  const { data: ways, error } = useQuery(waysQuery);
  return (
    <section className="security">
      <h1>
        <Trans>Sign-in and security</Trans>
      </h1>
      {session?.isFactorWanted && (
        <div className="security-wanted security-part" role="status">
          <p>
            <Trans>
              Your role moves other people’s money. From now on that asks for a passkey or an authenticator
              app: add one here.
            </Trans>
          </p>
          <LinkButton to={homeOf(session)} variant="default">
            <Trans>Later</Trans>
          </LinkButton>
        </div>
      )}
      {error && <Fault text={signInProblemText(error)} />}
      {ways && (
        <>
          <Passkeys passkeys={ways.passkeys} />
          <AuthenticatorPart authenticator={ways.authenticator} />
          <RecoveryCodes left={ways.recoveryCodesLeft} />
        </>
      )}
      <OwnSessions />
      <Acts />
    </section>
  );
}

function Passkeys({ passkeys }: { passkeys: readonly PasskeyView[] }) {
  const { t } = useLingui();
  const adding = useSecurityAct(addPasskey);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    adding.mutate(formText(new FormData(form), 'name'), { onSuccess: () => form.reset() });
  };
  return (
    <section className="security-part">
      <h2>
        <Trans>Passkeys</Trans>
      </h2>
      <p>
        <Trans>
          You sign in with a finger, your face or the device’s PIN. There is nothing to type, and nothing that
          could be given away to a false page.
        </Trans>
      </p>
      {passkeys.length > 0 && (
        <ul className="security-rows">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <form className="security-form" onSubmit={submit}>
          <label>
            <Trans>What do you call this device?</Trans>
            <input name="name" required maxLength={100} placeholder={t`My phone`} autoComplete="off" />
          </label>
          {adding.error && <Fault text={passkeyFaultText(adding.error)} />}
          <Button type="submit" color="tomette" loading={adding.isPending}>
            <Trans>Add a passkey</Trans>
          </Button>
        </form>
      ) : (
        <p className="security-note">
          <Trans>This browser cannot make passkeys for this address.</Trans>
        </p>
      )}
    </section>
  );
}

function Passkey({ passkey: { id, name, usedAt, createdAt, isSynced } }: { passkey: PasskeyView }) {
  const { t } = useLingui();
  const removing = useSecurityAct(() =>
    call(`/v1/passkeys/${id}`, { method: 'DELETE', returns: AcceptedView }),
  );
  return (
    <li>
      <div>
        <bdi>{name}</bdi>
        <small>
          {usedAt ? <Trans>used</Trans> : <Trans>added</Trans>} <Moment at={usedAt ?? createdAt} />
          {isSynced && (
            <>
              {' · '}
              <Trans>on your other devices as well</Trans>
            </>
          )}
        </small>
        {removing.error && <Fault text={signInProblemText(removing.error)} />}
      </div>
      <Button
        variant="default"
        loading={removing.isPending}
        onClick={() => removing.mutate()}
        aria-label={t`Remove ${name}`}
      >
        <Trans>Remove</Trans>
      </Button>
    </li>
  );
}

function RecoveryCodes({ left }: { left: number }) {
  const making = useSecurityAct(() =>
    call(`/v1/recovery-codes/${newId()}`, { method: 'PUT', returns: RecoveryCodesView }),
  );
  return (
    <section className="security-part">
      <h2>
        <Trans>Recovery codes</Trans>
      </h2>
      <p>
        {left === 0 ? (
          <Trans>For the day your phone is lost: each lets you in once. You have none.</Trans>
        ) : (
          <Plural
            value={left}
            one="For the day your phone is lost: # code is left."
            other="For the day your phone is lost: # codes are left."
          />
        )}
      </p>
      {making.data?.codes && (
        <>
          <ul className="security-codes" dir="ltr">
            {making.data.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <p role="status">
            <Trans>Print them or write them down now: they are shown this once.</Trans>
          </p>
        </>
      )}
      {making.error && <Fault text={signInProblemText(making.error)} />}
      <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>
        {left === 0 ? <Trans>Make recovery codes</Trans> : <Trans>Make new ones; the old ones end</Trans>}
      </Button>
    </section>
  );
}
