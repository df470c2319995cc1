/** What is outside of the product, and keeps what it was told: a partner's webhook receiver, and a mail server. */
import http from 'node:http';
import net from 'node:net';
import { Webhook } from 'standardwebhooks';

/**
 * A partner's system: verifies every message as our documents say, keeps it by its id, and answers as it is told to:
 * with a status, or with a function that does something worse.
 */
export async function partner() {
  const kept = new Map();
  const counts = { taken: 0, repeated: 0, notSigned: 0, refused: 0 };
  let webhook = null;
  let answer = () => 204;
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    try {
      webhook.verify(body, request.headers);
    } catch {
      counts.notSigned += 1;
      return void response.writeHead(400).end();
    }
    const id = request.headers['webhook-id'];
    const status = answer(id, request, response);
    if (typeof status !== 'number') return;
    if (status >= 300) counts.refused += 1;
    else if (kept.has(id)) counts.repeated += 1;
    else counts.taken += 1;
    if (status < 300) kept.set(id, JSON.parse(body));
    response.writeHead(status).end();
  });
  server.on('clientError', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    kept,
    counts,
    trust: (secret) => void (webhook = new Webhook(secret)),
    answerWith: (next) => void (answer = next ?? (() => 204)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A mail server that takes everything and keeps the Message-ID: how often each mail came. */
export async function mailServer() {
  const kept = new Map();
  const server = net.createServer((socket) => {
    let text = '';
    let isMail = false;
    socket.on('error', () => {});
    socket.write('220 torture\r\n');
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (;;) {
        const end = text.indexOf(isMail ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (isMail ? 5 : 2));
        if (isMail) keep(part);
        isMail = !isMail && part.toUpperCase() === 'DATA';
        socket.write(isMail ? '354 go on\r\n' : part.toUpperCase() === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  const keep = (mail) => {
    const id = /^Message-ID: <([\w-]+)@/im.exec(mail)?.[1] ?? 'without';
    kept.set(id, (kept.get(id) ?? 0) + 1);
  };
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    kept,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
