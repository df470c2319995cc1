import { Trans, useLingui } from '@lingui/react/macro';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { membersOfOrganisationQuery, putMember, versionsQuery } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { useTitle } from '../../shell/title';
import { Fault } from './joining-forms';
import { MemberStanding } from './member-standing';
import './charter.css';

/** An institution signs, too: by its word and its signature, without peers. */
export function InstitutionCharter({ institutionIds }: { institutionIds: readonly string[] }) {
  const { t } = useLingui();
  useTitle(t`Charter`);
  return (
    <>
      <h1>
        <Trans>Charter</Trans>
      </h1>
      {institutionIds.map((id) => (
        <Institution key={id} id={id} />
      ))}
    </>
  );
}

function Institution({ id }: { id: string }) {
  const { data, error } = useQuery(membersOfOrganisationQuery(id));
  if (error) return <p role="alert">{problemText(error)}</p>;
  if (!data) return null;
  const rows = data.items.filter(({ kind, state }) => kind === 'INSTITUTION' && state !== 'EXITED');
  if (rows.length === 0) return <Begin organisationId={id} />;
  return rows.map(({ id: memberId, organisation }) => (
    <section key={memberId} aria-label={organisation.name}>
      <h2>{organisation.name}</h2>
      <MemberStanding id={memberId} mayAct />
    </section>
  ));
}

/** Under the charter of one network after the other: its spaces are those it can act for. */
function Begin({ organisationId }: { organisationId: string }) {
  const { t } = useLingui();
  const { data } = useQuery(versionsQuery());
  const [id] = useState(() => newId());
  const [chosen, choose] = useState('');
  const published = data?.items.filter(({ number }) => number !== null) ?? [];
  const networks = [...new Map(published.map(({ networkId, network }) => [networkId, network])).entries()];
  const networkId = chosen || networks[0]?.[0];
  const join = useMutation({
    mutationFn: () => putMember(id, { kind: 'INSTITUTION', organisationId, networkId }),
  });
  if (!data) return null;
  if (!networkId)
    return (
      <p className="charter-none">
        <Trans>No network has published a charter yet.</Trans>
      </p>
    );
  return (
    <div className="charter-form">
      <p>
        <Trans>
          Your institution has signed no charter. Whoever signs stands on the public page, and spaces can let
          it act for them.
        </Trans>
      </p>
      {networks.length > 1 && (
        <NativeSelect
          label={t`Network`}
          data={networks.map(([value, label]) => ({ value, label }))}
          value={networkId}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      <Fault error={join.error} />
      <p>
        <Button color="tomette" loading={join.isPending} onClick={() => join.mutate()}>
          <Trans>Begin to join</Trans>
        </Button>
      </p>
    </div>
  );
}
