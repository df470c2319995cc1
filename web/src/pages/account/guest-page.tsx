import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { EDDSA } from '@wire/kernel/pass-code/credential.js';
import { spaceTag } from '@wire/kernel/pass-code/space-tag.js';
import { Temporal } from '@wire/kernel/time.js';
import { GuestInvitationView } from '@wire/passes/guest.schema.js';
import { CredentialView } from '@wire/passes/pass.schema.js';
import { useEffect, useState } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Tile } from '../../brand/tile';
import { dayText } from '../../i18n/days';
import { fromBase64Url, toBase64Url } from '../../pass/bytes';
import { CodePlate } from '../../pass/code-plate';
import { holderKey } from '../../pass/pass-store';
import { useRotatingCode } from '../../pass/rotating-code';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';

type Link = { readonly id: string; readonly token: string };
const LONG = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** Behind the #, where no server saw it. */
function linkOf(hash: string): Link {
  const parts = new URLSearchParams(hash.slice(1));
  return { id: parts.get('id') ?? '', token: parts.get('token') ?? '' };
}

/** For somebody who was invited for a day, and has nothing but a mail. */
export function GuestPage() {
  const { t } = useLingui();
  useTitle(t`Invitation`);
  const [link] = useState(() => linkOf(location.hash));
  const { data, error, refetch } = useQuery({
    queryKey: ['guest', link.id],
    queryFn: () => ask(link, 'opening'),
    enabled: link.id !== '',
  });
  const confirming = useMutation({ mutationFn: () => ask(link, 'confirmation'), onSuccess: () => refetch() });
  const fault = error ?? confirming.error;
  if (!data) {
    return (
      <QuietPage title={<Trans>Invitation</Trans>}>
        <p>{fault ? problemText(fault) : !link.id && <Trans>Open the link of the mail again.</Trans>}</p>
      </QuietPage>
    );
  }
  const { inviterFirstName, spaceName, city, spaceId } = data;
  return (
    <section className="quiet-page">
      <Tile id={spaceId} cells={2} className="quiet-tile" />
      <h1>
        <Trans>
          {inviterFirstName} invites you to {spaceName}, {city}
        </Trans>
      </h1>
      <p>{dayText(data.day, LONG)}</p>
      {data.state === 'SENT' && (
        <>
          <p>
            <Trans>The visit costs you nothing. Confirm that this address is yours to get your code.</Trans>
          </p>
          <Button color="tomette" loading={confirming.isPending} onClick={() => confirming.mutate()}>
            <Trans>Confirm and show my code</Trans>
          </Button>
        </>
      )}
      {(data.state === 'CONFIRMED' || data.state === 'USED') && <GuestCode link={link} spaceId={spaceId} />}
      {(data.state === 'WITHDRAWN' || data.state === 'LAPSED') && (
        <p>
          <Trans>This invitation is over. Ask who invited you.</Trans>
        </p>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {problemText(fault)}
        </p>
      )}
    </section>
  );
}

function GuestCode({ link, spaceId }: { link: Link; spaceId: string }) {
  const { data: pass, error } = useQuery({
    queryKey: ['guest', link.id, 'code'],
    queryFn: () => credentialFor(link),
    structuralSharing: false,
    staleTime: Infinity,
  });
  const [tag, setTag] = useState<Uint8Array | null>(null);
  useEffect(() => void spaceTag(spaceId).then(setTag), [spaceId]);
  const shown = useRotatingCode(pass?.held ?? null, pass?.key ?? null, tag);
  if (error) return <p role="alert">{problemText(error)}</p>;
  return (
    <>
      {shown && <CodePlate shown={shown} />}
      <p>
        <Trans>Show this code at the door. Keep the mail: the link brings you back here.</Trans>
      </p>
    </>
  );
}

function ask({ id, token }: Link, what: 'opening' | 'confirmation'): Promise<GuestInvitationView> {
  return call(`/v1/guest-passes/${id}/${what}`, {
    method: 'PUT',
    body: { token },
    returns: GuestInvitationView,
  });
}

async function credentialFor({ id, token }: Link) {
  const key = await holderKey(id);
  const alg = key.alg === EDDSA ? 'EdDSA' : 'ES256';
  const issued = await call(`/v1/guest-passes/${id}/credentials/${newId()}`, {
    method: 'PUT',
    body: { token, holderKey: { alg, raw: toBase64Url(key.raw) } },
    returns: CredentialView,
  });
  const held = {
    passId: id,
    credential: fromBase64Url(issued.credential),
    credentialId: fromBase64Url(issued.credentialId),
    expiresAtMs: Temporal.Instant.from(issued.expiresAt).epochMilliseconds,
  };
  return { key, held };
}
