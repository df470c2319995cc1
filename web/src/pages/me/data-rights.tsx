import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { DataExportView, ErasureView } from '@wire/privacy/privacy.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { formText } from '../../components/form-text';

const ASK_AGAIN_MS = 2_000;

/** A copy of everything, and an end of everything. */
export function DataRights() {
  return (
    <section className="you-rights">
      <h2>
        <Trans>Your data</Trans>
      </h2>
      <Copy />
      <Erase />
    </section>
  );
}

function Copy() {
  const [id] = useState(newId);
  const asking = useMutation({
    mutationFn: () => call(`/v1/data-exports/${id}`, { method: 'PUT', returns: DataExportView }),
  });
  const { data } = useQuery({
    queryKey: ['data-export', id],
    queryFn: ({ signal }) => call(`/v1/data-exports/${id}`, { returns: DataExportView, signal }),
    enabled: asking.isSuccess,
    refetchInterval: ({ state }) => (state.data?.state === 'DONE' ? false : ASK_AGAIN_MS),
  });
  if (data?.state === 'DONE')
    return (
      <p>
        <a className="pill" href={`/v1/data-exports/${id}/content.json`} download>
          <Trans>Download the copy</Trans>
        </a>
      </p>
    );
  return (
    <>
      <Button
        variant="default"
        loading={asking.isPending || asking.isSuccess}
        onClick={() => asking.mutate()}
      >
        <Trans>Ask for a copy of it</Trans>
      </Button>
      {asking.isSuccess && (
        <p role="status">
          <Trans>It is being made. It is kept for a week.</Trans>
        </p>
      )}
      {asking.error && <Fault error={asking.error} />}
    </>
  );
}

function Erase() {
  const { t } = useLingui();
  const erasing = useMutation({
    mutationFn: (email: string) =>
      call(`/v1/erasures/${newId()}`, { method: 'PUT', body: { email }, returns: ErasureView }),
    // Nothing of them may stay on the device either: the page begins anew, signed out.
    onSuccess: async () => {
      const { forgetAnswers } = await import('../../app/queries');
      const { forgetPasses } = await import('../../pass/pass-store');
      await forgetAnswers();
      await forgetPasses();
      location.assign('/');
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    erasing.mutate(formText(new FormData(event.currentTarget), 'email'));
  };
  return (
    <details>
      <summary>
        <Trans>Erase me</Trans>
      </summary>
      <form className="pass-form" onSubmit={submit}>
        <p>
          <Trans>
            Your name, your address and your words go for good, and you cannot sign in again. What spaces owe
            each other stays, without you.
          </Trans>
        </p>
        <label>
          <Trans>Type your address once more</Trans>
          <input name="email" type="email" required autoComplete="off" placeholder={t`E-mail`} />
        </label>
        {erasing.error && <Fault error={erasing.error} />}
        <Button type="submit" color="tomette" loading={erasing.isPending}>
          <Trans>Erase me for good</Trans>
        </Button>
      </form>
    </details>
  );
}

function Fault({ error }: { error: Error }) {
  return (
    <p className="form-fault" role="alert">
      {problemText(error)}
    </p>
  );
}
