import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import nodemailer from 'nodemailer';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { Db, sql } from '../db.js';
import { Consumers } from '../outbox/consumers.js';
import { JOB_OPTIONS, Queues } from '../queue/queues.js';
import { namedScope } from '../scope.js';
import { MailWritten } from './mail.events.js';
import { attachmentsOf, SELECT_MAILS, type Mail } from './mails.js';

const MAILS_QUEUE = 'mails';
type Job = { readonly mailId: string };

/** Hands mails to SMTP_URL. Without one they stay where they are, and the local outbox shows them. */
@Injectable()
export class MailDelivery implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly consumers: Consumers,
    private readonly queues: Queues,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.consumers.on('platform.deliver_mail', MailWritten, (_tx, { payload }) =>
      this.enqueue(payload.mailId),
    );
  }

  /** Called by the process, not by a module: tests deliver when they want to. */
  start(): void {
    this.queues.work(MAILS_QUEUE, (data) => this.deliver((data as Job).mailId));
  }

  /**
   * The mail server is outside, so it is spoken to between two transactions. A crash in between sends the
   * mail again under the same Message-ID, by which mailboxes know a repeat.
   */
  async deliver(mailId: string): Promise<void> {
    const [mail, files] = await this.db.read(namedScope('relay'), async (on) => {
      const [waiting] = await sql<Mail>(on, `${SELECT_MAILS} WHERE id = $1 AND delivered_at IS NULL`, [
        mailId,
      ]);
      return [waiting, await attachmentsOf(on, mailId)];
    });
    if (!mail || !this.config.SMTP_URL) return;
    await nodemailer.createTransport(this.config.SMTP_URL).sendMail({
      messageId: `<${mail.id}@escale>`,
      from: this.config.MAIL_FROM,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      ...(mail.html === null ? {} : { html: mail.html }),
      attachments: files.map(({ name, mediaType, bytes }) => ({
        filename: name,
        contentType: mediaType,
        content: Buffer.from(bytes),
      })),
      headers: { 'content-language': mail.language, 'auto-submitted': 'auto-generated' },
    });
    const deliveredAt = this.clock.now().toString();
    await this.db.tx(namedScope('relay'), (tx) =>
      sql(tx, 'UPDATE platform.mails SET delivered_at = $2 WHERE id = $1 AND delivered_at IS NULL', [
        mailId,
        deliveredAt,
      ]),
    );
  }

  private async enqueue(mailId: string): Promise<void> {
    if (!this.config.SMTP_URL) return;
    const data: Job = { mailId };
    const job = { name: 'deliver', data, opts: { ...JOB_OPTIONS, jobId: mailId } };
    await this.queues.queue(MAILS_QUEUE).addBulk([job]);
  }
}
