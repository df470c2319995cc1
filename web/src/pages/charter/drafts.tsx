import { Trans, useLingui } from '@lingui/react/macro';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { LANGUAGES, type Language } from '@wire/kernel/wire.js';
import { useState } from 'react';
import {
  commentsQuery,
  proposalQuery,
  publishVersion,
  putComment,
  putVersion,
  versionsQuery,
  type CharterVersion,
} from '../../api/charter';
import { currentLocale } from '../../i18n/activate';
import { dayText } from '../../i18n/days';
import { languageName } from '../../i18n/names';
import { useHere } from '../network/here';
import { Fault } from './joining-forms';

/** Versions that are being written, and the one to begin with. */
export function Drafts() {
  const { networkId, mayAgree } = useHere();
  const { data } = useQuery(versionsQuery(networkId));
  const { data: proposal } = useQuery(proposalQuery);
  const drafts = data?.items.filter(({ number }) => number === null) ?? [];
  const current = data?.items.find(({ number }) => number !== null);
  const begin = useMutation({
    mutationFn: () => {
      const { texts, commitments } = current ?? proposal!;
      return putVersion(newId(), { networkId, texts, commitments });
    },
  });
  return (
    <>
      <h2>
        <Trans>Drafts</Trans>
      </h2>
      {drafts.map((draft) => (
        <Draft key={`${draft.id} ${draft.hash}`} draft={draft} />
      ))}
      {drafts.length === 0 && mayAgree && (
        <p>
          <Button
            variant="default"
            loading={begin.isPending}
            disabled={!proposal}
            onClick={() => begin.mutate()}
          >
            {current ? <Trans>Draft a new version</Trans> : <Trans>Begin with the proposed charter</Trans>}
          </Button>
        </p>
      )}
      <Fault error={begin.error} />
    </>
  );
}

function Draft({ draft }: { draft: CharterVersion }) {
  const { t } = useLingui();
  const { mayAgree } = useHere();
  const [language, setLanguage] = useState<Language>(currentLocale());
  const [texts, setTexts] = useState(draft.texts);
  const [commitments, setCommitments] = useState(draft.commitments);
  const save = useMutation({
    mutationFn: () => putVersion(draft.id, { networkId: draft.networkId, texts, commitments }),
  });
  const say = (changed: Partial<(typeof texts)[Language]>) =>
    setTexts({ ...texts, [language]: { ...texts[language], ...changed } });
  const promise = (at: number, commitment: string) =>
    setCommitments(
      commitments.map((one, index) =>
        index === at
          ? { ...one, texts: { ...one.texts, [language]: { ...one.texts[language], commitment } } }
          : one,
      ),
    );
  const dir = language === 'ar' ? 'rtl' : 'ltr';
  return (
    <div className="charter-form">
      <NativeSelect
        label={t`Language`}
        data={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
      />
      <TextInput
        label={t`Title`}
        dir={dir}
        lang={language}
        value={texts[language].title}
        onChange={(event) => say({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t`Preamble`}
        dir={dir}
        lang={language}
        autosize
        value={texts[language].preamble}
        onChange={(event) => say({ preamble: event.currentTarget.value })}
      />
      {commitments.map(({ code, texts: said }, at) => (
        <div key={code}>
          <Textarea
            label={said[language].value}
            dir={dir}
            lang={language}
            autosize
            value={said[language].commitment}
            onChange={(event) => promise(at, event.currentTarget.value)}
          />
          {commitments.length > 1 && (
            <button
              type="button"
              className="text-button"
              onClick={() => setCommitments(commitments.filter((one) => one.code !== code))}
            >
              <Trans>Leave it out</Trans>
            </button>
          )}
        </div>
      ))}
      <MorePromises
        known={commitments.map(({ code }) => code)}
        onAdd={(one) => setCommitments([...commitments, one])}
      />
      <Fault error={save.error} />
      {mayAgree && (
        <div className="charter-acts">
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            <Trans>Save the draft</Trans>
          </Button>
        </div>
      )}
      <Comments versionId={draft.id} />
      {mayAgree && <Publish id={draft.id} />}
    </div>
  );
}

/** What the proposed charter promises and this draft does not. */
function MorePromises({
  known,
  onAdd,
}: {
  known: readonly string[];
  onAdd: (one: CharterVersion['commitments'][number]) => void;
}) {
  const { data: proposal } = useQuery(proposalQuery);
  const others = proposal?.commitments.filter(({ code }) => !known.includes(code)) ?? [];
  return (
    <div className="charter-acts">
      {others.map((one) => {
        const { value } = one.texts[currentLocale()];
        return (
          <Button key={one.code} variant="default" onClick={() => onAdd(one)}>
            <Trans>Add “{value}”</Trans>
          </Button>
        );
      })}
    </div>
  );
}

function Publish({ id }: { id: string }) {
  const { t } = useLingui();
  const [renewBy, setRenewBy] = useState('');
  const publish = useMutation({ mutationFn: () => publishVersion(id, renewBy) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate();
      }}
    >
      <TextInput
        type="date"
        label={t`To be signed by`}
        description={t`At least fifteen days from now. Whoever has not signed by then takes no new bookings.`}
        required
        value={renewBy}
        onChange={(event) => setRenewBy(event.currentTarget.value)}
      />
      <Fault error={publish.error} />
      <div className="charter-acts">
        <Button type="submit" color="tomette" loading={publish.isPending}>
          <Trans>Publish for good</Trans>
        </Button>
      </div>
    </form>
  );
}

function Comments({ versionId }: { versionId: string }) {
  const { t } = useLingui();
  const { data } = useQuery(commentsQuery(versionId));
  const [id, setId] = useState(() => newId());
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => putComment(id, { versionId, text }),
    onSuccess: () => {
      setText('');
      setId(newId());
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <ul className="charter-list">
        {data?.items.map((comment) => (
          <li key={comment.id}>
            <strong>{comment.author}</strong> · {dayText(comment.at.slice(0, 10))}
            <p dir="auto">{comment.text}</p>
          </li>
        ))}
      </ul>
      <Textarea
        label={t`Comment`}
        autosize
        required
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Fault error={add.error} />
      <div className="charter-acts">
        <Button type="submit" variant="default" loading={add.isPending}>
          <Trans>Comment</Trans>
        </Button>
      </div>
    </form>
  );
}
