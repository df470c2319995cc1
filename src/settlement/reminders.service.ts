import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity, type Actor } from '../identity/index.js';
import { amount, decimalText } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { reminderMail } from './reminder-texts.js';
import type { ReminderPage } from './reminder.schema.js';
import { ReminderDue } from './settlement.events.js';
import { paymentRow, paymentView, windowPayments, windowRow } from './window.queries.js';
import { Windows } from './windows.service.js';

const CLEARING = namedScope('clearing');
/** Days after a payment fell due; then the treasurer decides whether it has failed. */
const REMINDER_DAYS = [0, 7, 14];
/** Of a network without rules. */
const SETTLE_DAYS = 5;

/** Finds what is due and not paid, and writes each reminder once. What is paid or has failed is reminded of no more. */
@Injectable()
export class Reminders implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
    private readonly outbox: Outbox,
    private readonly windows: Windows,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('settlement.remind', () => this.remindAll());
  }

  async list(actor: Actor, windowId: string): Promise<ReminderPage> {
    await this.windows.reach(actor, windowId, 'windows:read');
    return this.db.read(CLEARING, async (on) => {
      const payments = new Map((await windowPayments(on, windowId)).map((payment) => [payment.id, payment]));
      const rows = await sql<{ paymentId: string; number: number; dueAt: Date; remindedAt: Date }>(
        on,
        `SELECT payment_id AS "paymentId", number, due_at AS "dueAt", created_at AS "remindedAt"
         FROM settlement.reminders WHERE window_id = $1 ORDER BY created_at, payment_id, number`,
        [windowId],
      );
      return {
        items: rows.flatMap(({ paymentId, number, dueAt, remindedAt }) => {
          const payment = payments.get(paymentId);
          if (!payment) return [];
          const times = {
            dueAt: instantFromDate(dueAt).toString(),
            remindedAt: instantFromDate(remindedAt).toString(),
          };
          return [{ payment, number, windowId, ...times }];
        }),
        next: null,
      };
    });
  }

  /** Of several that have become due meanwhile, only the last one is mailed. */
  private remindAll(): Promise<number> {
    return this.db.tx(CLEARING, async (tx) => {
      const written = await sql<{ paymentId: string; networkId: string; number: number }>(tx, REMIND, [
        this.clock.now().toString(),
        REMINDER_DAYS,
        SETTLE_DAYS,
      ]);
      const last = new Map(
        written.toSorted((a, b) => a.number - b.number).map((reminder) => [reminder.paymentId, reminder]),
      );
      for (const { paymentId, number, networkId } of last.values())
        await this.outbox.add(
          tx,
          ReminderDue,
          { paymentId, number },
          { actor: 'system', networkIds: [networkId] },
        );
      return last.size;
    });
  }
}

const REMIND = `
  INSERT INTO settlement.reminders (payment_id, number, window_id, network_id, due_at, created_at)
  SELECT payment.id, schedule.number, payment.window_id, payment.network_id, due.at, $1
  FROM settlement.windows w
  JOIN settlement.steps called ON called.window_id = w.id AND called.state = 'CALLED'
  JOIN settlement.current_payments payment ON payment.window_id = w.id
  CROSS JOIN unnest($2::int[]) WITH ORDINALITY AS schedule (days, number)
  CROSS JOIN LATERAL (SELECT called.taken_at + interval '1 day' * coalesce((
    SELECT settle_days FROM treasury.pub_network_rules rules
    WHERE rules.network_id = w.network_id AND rules.from_day <= w.from_day
    ORDER BY rules.from_day DESC LIMIT 1), $3) AS at) AS due
  WHERE w.state = 'CALLED' AND due.at + interval '1 day' * schedule.days <= $1::timestamptz
    AND NOT EXISTS (SELECT FROM settlement.executions WHERE payment_id = payment.id)
    AND NOT EXISTS (SELECT FROM settlement.failures WHERE payment_id = payment.id)
  ON CONFLICT DO NOTHING
  RETURNING payment_id AS "paymentId", network_id AS "networkId", number`;

/** Writes to those who commit the payer. The scope `identity` is for their addresses, which no event carries. */
@Injectable()
export class ReminderMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly mails: Mails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'settlement.reminder_mails',
      ReminderDue,
      (tx, { payload }) => this.write(tx, payload.paymentId, payload.number),
      'identity',
    );
  }

  /** It may have been paid between the reminder and its mail: then there is none. */
  private async write(tx: Tx, paymentId: string, number: number): Promise<void> {
    const row = await paymentRow(tx, paymentId);
    if (!row || row.executedAt || row.failedAt) return;
    const { from, to, amount: owed, windowId } = paymentView(row);
    const [{ dueAt } = { dueAt: null }] = await sql<{ dueAt: Date }>(
      tx,
      'SELECT due_at AS "dueAt" FROM settlement.reminders WHERE payment_id = $1 AND number = $2',
      [paymentId, number],
    );
    const { PUBLIC_URL, HOST, PORT } = this.config;
    const window = (await windowRow(tx, windowId))!;
    const payer = await this.directory.party(tx, from.id);
    const organisationId =
      payer.kind === 'space' ? (await this.directory.space(tx, payer.id)).operatorId : payer.id;
    for (const { id, email, language } of await this.identity.treasurersOf(tx, organisationId)) {
      const text = reminderMail(language, number, {
        party: from.name,
        payee: to.name,
        amount: `${decimalText(amount(owed.unit, owed.minor))} ${owed.unit}`,
        window: window.number,
        dueDay: instantFromDate(dueAt!).toZonedDateTimeISO('UTC').toPlainDate().toString(),
        link: new URL('/space', PUBLIC_URL ?? `http://${HOST}:${PORT}`).href,
      });
      await this.mails.send(tx, { to: email, language, personId: id, ...text });
    }
  }
}
