import { Trans, useLingui } from '@lingui/react/macro';
import { Paperclip } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { MailView } from '@wire/platform/mail/mail.schema.js';
import { useState } from 'react';
import { mailsQuery } from '../../api/calls';
import { problemText } from '../../api/problem-text';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './mails-page.css';

/** The local outbox: what would have been sent, to whom, and how it looks. */
export function MailsPage() {
  const { t } = useLingui();
  useTitle(t`Outbox`);
  const { data: mails, error, isPending } = useQuery(mailsQuery);
  const [openId, setOpenId] = useState<string | null>(null);
  if (isPending) return null;
  if (!mails) {
    return (
      <QuietPage title={<Trans>The outbox is not for everybody</Trans>}>
        <p>{problemText(error)}</p>
      </QuietPage>
    );
  }
  if (mails.length === 0) {
    return (
      <QuietPage title={<Trans>No mail was written yet</Trans>}>
        <p>
          <Trans>Book a desk or register somebody, and look here again.</Trans>
        </p>
      </QuietPage>
    );
  }
  const open = mails.find(({ id }) => id === openId) ?? mails[0]!;
  return (
    <div className="mails">
      <header>
        <h1>
          <Trans>Outbox</Trans>
        </h1>
        <p>
          <Trans>Mails are kept here, and forgotten after 30 days.</Trans>
        </p>
      </header>
      <ol className="mails-list">
        {mails.map((mail) => (
          <li key={mail.id}>
            <button type="button" aria-pressed={mail.id === open.id} onClick={() => setOpenId(mail.id)}>
              <strong dir="auto">{mail.subject}</strong>
              <span dir="ltr">{mail.to}</span>
            </button>
          </li>
        ))}
      </ol>
      <Mail key={open.id} mail={open} />
    </div>
  );
}

function Mail({ mail }: { mail: MailView }) {
  const { t } = useLingui();
  const [isText, setText] = useState(false);
  return (
    <article className="mails-mail">
      <h2 dir="auto">{mail.subject}</h2>
      <p dir="ltr" className="mails-to">
        {mail.to}
      </p>
      <div className="mails-tools">
        <button type="button" className="pill" aria-pressed={!isText} onClick={() => setText(false)}>
          <Trans>As it looks</Trans>
        </button>
        <button type="button" className="pill" aria-pressed={isText} onClick={() => setText(true)}>
          <Trans>As text</Trans>
        </button>
        {mail.attachments.map((name) => (
          <a key={name} className="pill" href={`/v1/mails/${mail.id}/attachments/${name}`} download={name}>
            <Paperclip size={18} aria-hidden="true" />
            {name}
          </a>
        ))}
      </div>
      {isText ? (
        <pre dir="auto">
          <Linked text={mail.text} />
        </pre>
      ) : (
        <iframe title={t`The mail as it looks`} sandbox="" src={`/v1/mails/${mail.id}/preview`} />
      )}
    </article>
  );
}

/** Nothing can be tapped in the frame, so the links of the text work. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((piece, place) =>
    /^https?:/.test(piece) ? (
      <a key={place} href={ours(piece)}>
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}

/** Links name the public address; the page may be open under another one. */
function ours(address: string): string {
  const { pathname, hash } = new URL(address);
  return pathname + hash;
}
