import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/wire.js';
import { Clock } from '../clock.js';
import { Db, sql, type Reader, type Tx } from '../db.js';
import { Outbox } from '../outbox/outbox.js';
import { namedScope } from '../scope.js';
import { Sweeps } from '../sweeps.js';
import { MailWritten } from './mail.events.js';
import { MailProblems } from './mail.problems.js';

const KEPT_HOURS = 30 * 24;

export type NewMail = {
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly personId?: string;
  readonly attachments?: readonly Attachment[];
};

/** A file that travels with a mail, and is forgotten with it. */
export type Attachment = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };

export type Mail = Omit<NewMail, 'attachments'> & {
  readonly id: string;
  readonly html: string | null;
  /** Their names. */
  readonly attachments: readonly string[];
  readonly createdAt: string;
  readonly deliveredAt: string | null;
};

export const SELECT_MAILS = `
  SELECT id, to_address AS "to", language, subject, text, html, person_id AS "personId",
    ARRAY(SELECT name FROM platform.mail_attachments WHERE mail_id = mails.id ORDER BY name) AS attachments,
    to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
    to_char(delivered_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "deliveredAt"
  FROM platform.mails`;

/**
 * A mail is written in the transaction that causes it; MailDelivery hands it over. Mails are personal data,
 * and are forgotten after 30 days.
 */
@Injectable()
export class Mails implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('mails.forget', () => this.forgetOld());
  }

  async send(tx: Tx, mail: NewMail): Promise<void> {
    const id = newId();
    const now = this.clock.now().toString();
    const { mailHtml } = await import('./mail-html.js'); // takes most of a second to load: the first mail does it
    await sql(
      tx,
      `INSERT INTO platform.mails (id, to_address, language, subject, text, html, person_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, mail.to, mail.language, mail.subject, mail.text, await mailHtml(mail), mail.personId ?? null, now],
    );
    for (const { name, mediaType, bytes } of mail.attachments ?? []) {
      await sql(
        tx,
        `INSERT INTO platform.mail_attachments (mail_id, name, media_type, bytes, created_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [id, name, mediaType, Buffer.from(bytes), now],
      );
    }
    await this.outbox.add(tx, MailWritten, { mailId: id }, { actor: 'system' });
  }

  /** Newest first. */
  list(on: Reader, limit: number): Promise<Mail[]> {
    return sql<Mail>(on, `${SELECT_MAILS} ORDER BY created_at DESC, id DESC LIMIT $1`, [limit]);
  }

  async find(on: Reader, id: string): Promise<Mail> {
    const [mail] = await sql<Mail>(on, `${SELECT_MAILS} WHERE id = $1`, [id]);
    if (!mail) throw MailProblems.notFound('It was never written, or forgotten after 30 days.');
    return mail;
  }

  async attachment(on: Reader, mailId: string, name: string): Promise<Attachment> {
    const [found] = await attachmentsOf(on, mailId, name);
    if (!found) throw MailProblems.notFound('The mail carries no such file.');
    return found;
  }

  private async forgetOld(): Promise<number> {
    const before = this.clock.now().subtract({ hours: KEPT_HOURS }).toString();
    const forgotten = await this.db.tx(namedScope('sweep'), (tx) =>
      sql(tx, 'DELETE FROM platform.mails WHERE created_at < $1 RETURNING id', [before]),
    );
    return forgotten.length;
  }
}

/** Of one mail; all of them, or the one of that name. */
export function attachmentsOf(on: Reader, mailId: string, name: string | null = null): Promise<Attachment[]> {
  return sql<Attachment>(
    on,
    `SELECT name, media_type AS "mediaType", bytes FROM platform.mail_attachments
      WHERE mail_id = $1 AND ($2::text IS NULL OR name = $2) ORDER BY name`,
    [mailId, name],
  );
}
