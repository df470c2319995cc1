import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState, type FormEvent } from 'react';
import { threadQuery, writeMessage, type Message } from '../api/calls';
import { problemText } from '../api/problem-text';
import { PlaceTime } from './place-time';
import './message-thread.css';

const TEXT_LENGTH_MAX = 2000;

type Props = {
  readonly bookingId: string;
  /** Which side reads it here. */
  readonly side: Message['side'];
  readonly zone: string;
  readonly city: string;
};

/** What guest and space wrote each other about one booking; opening it is reading it. */
export function MessageThread({ bookingId, side, zone, city }: Props) {
  const { data: messages, error } = useQuery(threadQuery(bookingId));
  return (
    <section className="thread">
      <h2>
        {side === 'GUEST' ? <Trans>Messages with the space</Trans> : <Trans>Messages with the guest</Trans>}
      </h2>
      {error && <p role="alert">{problemText(error)}</p>}
      {messages?.length === 0 && (
        <p className="thread-empty">
          {side === 'GUEST' ? (
            <Trans>Anything to ask before you come? The space is told by mail.</Trans>
          ) : (
            <Trans>Nothing was written yet. The guest is told by mail when you write.</Trans>
          )}
        </p>
      )}
      <ol className="thread-lines">
        {messages?.map((message) => (
          <Line key={message.id} message={message} isMine={message.side === side} zone={zone} city={city} />
        ))}
      </ol>
      <Write bookingId={bookingId} />
    </section>
  );
}

function Line({
  message: { text, authorFirstName, createdAt, readAt },
  isMine,
  zone,
  city,
}: { message: Message; isMine: boolean } & Pick<Props, 'zone' | 'city'>) {
  return (
    <li className={isMine ? 'thread-line thread-mine' : 'thread-line'}>
      <p dir="auto">{text}</p>
      <small>
        {isMine ? <Trans>You</Trans> : <bdi>{authorFirstName}</bdi>} ·{' '}
        <PlaceTime instant={createdAt} zone={zone} city={city} />
        {isMine && readAt && (
          <>
            {' '}
            · <Trans>read</Trans>
          </>
        )}
      </small>
    </li>
  );
}

function Write({ bookingId }: { bookingId: string }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState({ id: newId(), text: '' });
  const sending = useMutation({
    mutationFn: () => writeMessage(draft.id, bookingId, draft.text.trim()),
    onSuccess: () => setDraft({ id: newId(), text: '' }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (draft.text.trim()) sending.mutate();
  };
  return (
    <form onSubmit={send} className="thread-write">
      <Textarea
        label={t`Your message`}
        value={draft.text}
        maxLength={TEXT_LENGTH_MAX}
        minRows={2}
        autosize
        onChange={({ currentTarget }) => setDraft({ id: newId(), text: currentTarget.value })}
      />
      {sending.error && (
        <p className="form-fault" role="alert">
          {problemText(sending.error)}
        </p>
      )}
      <Button type="submit" variant="default" loading={sending.isPending} disabled={!draft.text.trim()}>
        <Trans>Send</Trans>
      </Button>
    </form>
  );
}
