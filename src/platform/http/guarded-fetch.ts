/**
 * `fetch` to an address that somebody else gave us. The name is resolved once, every address it has is judged, and the
 * connection goes to the one that was judged. No redirect is followed, an answer has a largest size and a longest time.
 */
import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isPublicAddress, isPublicUrl } from './public-address.js';

const TIMEOUT_MS = 5_000;
const ANSWER_BYTES_MAX = 1_000_000;
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

type Address = { readonly address: string; readonly family: number };
export type Asked = {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array | undefined;
};

export async function guardedFetch(
  target: string,
  asked: Asked,
  isPrivateAllowed: boolean,
): Promise<Response> {
  if (!isPrivateAllowed && !isPublicUrl(target)) throw new Error('not an https address on its usual port');
  const url = new URL(target);
  const found = await lookup(url.hostname.replaceAll(/^\[|\]$/g, ''), { all: true });
  const [first] = found;
  if (!first) throw new Error('the name has no address');
  if (!isPrivateAllowed && !found.every(({ address }) => isPublicAddress(address)))
    throw new Error('the name leads to a private address');
  return ask(url, first, asked);
}

function ask(url: URL, { address, family }: Address, { method, headers, body }: Asked): Promise<Response> {
  const open = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = open(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      agent: false,
      lookup: (_host, options, done) => {
        if (options.all)
          (done as unknown as (error: null, all: Address[]) => void)(null, [{ address, family }]);
        else done(null, address, family);
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > ANSWER_BYTES_MAX) response.destroy(new Error('the answer is too long'));
        else parts.push(part);
      });
      response.once('error', reject);
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        const answered = new Headers();
        for (const [name, value] of Object.entries(response.headers)) answered.set(name, String(value));
        const content = WITHOUT_BODY.has(status) ? null : Buffer.concat(parts);
        resolve(new Response(content, { status, headers: answered }));
      });
    });
    request.end(body);
  });
}
