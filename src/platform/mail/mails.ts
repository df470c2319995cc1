import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/wire.js';
import { Clock } from '../clock.js';
import { Db, sql, type Reader, type Tx } from '../db.js';
import { Outbox } from '../outbox/outbox.js';
import { namedScope } from '../scope.js';
import { Sweeps } from '../sweeps.js';
import { MailWritten } from './mail.events.js';

const KEPT_HOURS = 30 * 24;

export type NewMail = {
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly personId?: string;
};

export type Mail = NewMail & {
  readonly id: string;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
};

export const SELECT_MAILS = `
  SELECT id, to_address AS "to", language, subject, text, person_id AS "personId",
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
    await sql(
      tx,
      `INSERT INTO platform.mails (id, to_address, language, subject, text, person_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, mail.to, mail.language, mail.subject, mail.text, mail.personId ?? null, now],
    );
    await this.outbox.add(tx, MailWritten, { mailId: id }, { actor: 'system' });
  }

  /** Newest first. */
  list(on: Reader, limit: number): Promise<Mail[]> {
    return sql<Mail>(on, `${SELECT_MAILS} ORDER BY created_at DESC, id DESC LIMIT $1`, [limit]);
  }

  private async forgetOld(): Promise<number> {
    const before = this.clock.now().subtract({ hours: KEPT_HOURS }).toString();
    const forgotten = await this.db.tx(namedScope('sweep'), (tx) =>
      sql(tx, 'DELETE FROM platform.mails WHERE created_at < $1 RETURNING id', [before]),
    );
    return forgotten.length;
  }
}
