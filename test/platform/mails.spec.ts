import net from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { MailDelivery } from '../../src/platform/mail/mail-delivery.js';
import { Mails } from '../../src/platform/mail/mails.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { Background } from '../../src/platform/background.js';
import { emptyDatabase, eventually, ownerSql, startApp, TestClock } from '../support/app.js';

const mail = { to: 'leila@example.org', language: 'fr', subject: 'Bonjour', text: 'Voilà.' } as const;
const send = (app: NestFastifyApplication, subject: string = mail.subject) =>
  app.get(Db).tx(PUBLIC_SCOPE, (tx) => app.get(Mails).send(tx, { ...mail, subject }));

describe('a mail', () => {
  let app: NestFastifyApplication;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await openMailbox();
    app = await startApp({ settings: { SMTP_URL: mailbox.url, DEMO: 'true' } });
  });
  afterAll(async () => {
    await app.close();
    mailbox.close();
  });
  beforeEach(async () => {
    await emptyDatabase();
    mailbox.received.length = 0;
  });

  it('is not sent when its transaction rolls back', async () => {
    const useCase = app.get(Db).tx(PUBLIC_SCOPE, async (tx) => {
      await app.get(Mails).send(tx, mail);
      throw new Error('refused');
    });
    await expect(useCase).rejects.toThrow('refused');
    expect(await ownerSql('SELECT 1 FROM platform.mails')).toEqual([]);
  });

  it('reaches the mail server once, however often its job comes', async () => {
    await send(app);
    const [row] = await ownerSql<{ id: string }>('SELECT id FROM platform.mails');
    await app.get(MailDelivery).deliver(row!.id);
    await app.get(MailDelivery).deliver(row!.id);
    expect(mailbox.received).toHaveLength(1);
    expect(mailbox.received[0]).toContain(`Message-ID: <${row!.id}@escale>`);
    expect(mailbox.received[0]).toContain('To: leila@example.org');
  });

  it('leaves no address and no word in the events', async () => {
    await send(app);
    const [event] = await ownerSql<{ all: string }>('SELECT outbox::text AS all FROM platform.outbox');
    expect(event!.all).not.toMatch(/leila|Bonjour|Voil/);
  });

  it('is listed newest first in the local outbox of a demo', async () => {
    await send(app, 'first');
    await send(app, 'second');
    const { body } = await request(app.getHttpServer()).get('/v1/mails').expect(200);
    expect(body.items.map((item: { subject: string }) => item.subject)).toEqual(['second', 'first']);
  });

  it('is forgotten after thirty days', async () => {
    const clock = app.get(Clock) as TestClock;
    await send(app);
    expect(await app.get(Sweeps).runAll()).toMatchObject({ 'mails.forget': 0 });
    clock.travelTo('2027-01-02T08:00:00Z');
    expect(await app.get(Sweeps).runAll()).toMatchObject({ 'mails.forget': 1 });
    clock.travelTo('2026-12-01T08:00:00Z');
  });

  it('goes its way by itself when the background runs', async () => {
    await app.get(Background).start();
    await send(app);
    await eventually(async () => mailbox.received.length, 1);
    await eventually(async () => app.get(OutboxRelay).passOn(), 0);
  });
});

describe('the local outbox', () => {
  it('is closed to visitors where there is no demo', async () => {
    const app = await startApp();
    const { body } = await request(app.getHttpServer()).get('/v1/mails').expect(401);
    expect(body.code).toBe('access.unauthenticated');
    await app.close();
  });
});

type Mailbox = { readonly url: string; readonly received: string[]; readonly close: () => void };

/** The little of SMTP (RFC 5321) that a client needs to hand over a message. */
async function openMailbox(): Promise<Mailbox> {
  const received: string[] = [];
  const server = net.createServer((socket) => {
    let buffer = '';
    let inMessage = false;
    socket.on('error', () => {});
    socket.write('220 mailbox\r\n');
    socket.on('data', (chunk) => {
      buffer += chunk.toString();
      for (;;) {
        const end = inMessage ? '\r\n.\r\n' : '\r\n';
        const at = buffer.indexOf(end);
        if (at < 0) return;
        const piece = buffer.slice(0, at);
        buffer = buffer.slice(at + end.length);
        if (inMessage) received.push(piece);
        const startsMessage = !inMessage && /^DATA/i.test(piece);
        socket.write(startsMessage ? '354 go on\r\n' : /^QUIT/i.test(piece) ? '221 bye\r\n' : '250 ok\r\n');
        inMessage = startsMessage;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received, close: () => server.close() };
}
