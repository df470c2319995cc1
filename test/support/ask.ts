import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
};
export type Answer = {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Connections that stay open; Node closes them when nothing needs them any more. */
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Of an application that listens, as it stands: a fetch would put addresses right before it sends them. */
export function ask(
  app: NestFastifyApplication,
  { method, url, headers, payload = '' }: Sent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(payload) };
    const { port } = app.getHttpServer().address() as AddressInfo;
    const options = { agent, host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length } };
    const asked = request(options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
    asked.on('error', reject).end(payload);
  });
}

/** The code of a refusal; empty where there is none. */
export function codeOf({ headers, body }: Answer): string {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return '';
  return (JSON.parse(body) as { code?: string }).code ?? '';
}
