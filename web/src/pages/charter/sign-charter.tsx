import { Trans, useLingui } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { actOnMember, versionsQuery, type Member } from '../../api/charter';
import { useSession } from '../../api/session';
import { currentLocale } from '../../i18n/activate';
import { CharterChanges, CharterText } from './charter-text';
import { Fault } from './joining-forms';

/** One reads, then signs what one has read: in this language, with its hash. */
export function SignCharter({ member, versionId }: { member: Member; versionId: string }) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const { data } = useQuery(versionsQuery());
  const [id] = useState(() => newId());
  const form = useForm({
    initialValues: { signerName: session?.person.name ?? '', signerRole: '', isRead: false },
  });
  const version = data?.items.find((one) => one.id === versionId);
  const signed = member.signatures.find((one) => one.number < (version?.number ?? 0));
  const before = data?.items.find((one) => one.id === signed?.versionId);
  const sign = useMutation({
    mutationFn: ({ signerName, signerRole }: typeof form.values) =>
      actOnMember(
        member.id,
        'signatures',
        { versionId, hash: version!.hash, language: currentLocale(), signerName, signerRole },
        id,
      ),
  });
  if (!version) return null;
  return (
    <form className="charter-form" onSubmit={form.onSubmit((values) => sign.mutate(values))}>
      <h2>
        <Trans>Sign version {version.number}</Trans>
      </h2>
      {before && (
        <>
          <h3>
            <Trans>What has changed</Trans>
          </h3>
          <CharterChanges version={version} against={before} />
        </>
      )}
      <details open={!before}>
        <summary>
          <Trans>The whole text</Trans>
        </summary>
        <CharterText charter={version} />
      </details>
      <TextInput label={t`Your name`} required {...form.getInputProps('signerName')} />
      <TextInput label={t`Your office`} required {...form.getInputProps('signerRole')} />
      <label className="charter-check">
        <input type="checkbox" required {...form.getInputProps('isRead', { type: 'checkbox' })} />
        {t`I have read it and sign for ${member.organisation.name}`}
      </label>
      <Fault error={sign.error} />
      <Button type="submit" color="tomette" disabled={!form.values.isRead} loading={sign.isPending}>
        <Trans>Sign</Trans>
      </Button>
    </form>
  );
}
