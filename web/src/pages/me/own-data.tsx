import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { PersonView } from '@wire/identity/person.schema.js';
import type { SessionView } from '@wire/identity/session.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { sessionQuery } from '../../api/session';
import { queries } from '../../app/queries';
import { OWN_NAMES } from '../../i18n/own-names';
import './pass-detail.css';

/** What others know of me: my name at doors, my language in mails. */
export function OwnData({ person }: Pick<SessionView, 'person'>) {
  const saving = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/people/${person.id}/profile`, { method: 'PUT', body, returns: PersonView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    saving.mutate({ name: form.get('name'), language: form.get('language') });
  };
  return (
    <form className="pass-form you-data" onSubmit={submit}>
      <label>
        <Trans>Your name</Trans>
        <input name="name" required maxLength={100} defaultValue={person.name} autoComplete="name" />
      </label>
      <label>
        <Trans>Language of mails</Trans>
        <select name="language" defaultValue={person.language}>
          {Object.entries(OWN_NAMES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {saving.error && (
        <p className="form-fault" role="alert">
          {problemText(saving.error)}
        </p>
      )}
      {saving.isSuccess && (
        <p role="status">
          <Trans>Saved.</Trans>
        </p>
      )}
      <Button type="submit" variant="default" loading={saving.isPending}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}
