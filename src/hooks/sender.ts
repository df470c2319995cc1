import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config.js';
import { isPublicAddress, isPublicUrl } from './hook.rules.js';

const TIMEOUT_MS = 5_000;
const ANSWER_BYTES_MAX = 65_536;
type Answer = { readonly status: number | null; readonly error: string | null };
type Address = { readonly address: string; readonly family: number };

/**
 * One signed POST. The name is resolved once, every address it has is judged, and the connection goes to the one that
 * was judged: a name that answers differently a moment later leads nowhere else.
 */
@Injectable()
export class Sender {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Why nothing is sent there; null when it may be. */
  refusal(url: string): string | null {
    if (this.config.HOOKS_TO_PRIVATE) return null;
    return isPublicUrl(url) ? null : 'Give an https address on its usual port, without a password in it.';
  }

  async send(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
    const refusal = this.refusal(url);
    if (refusal !== null) return { status: null, error: refusal };
    try {
      const { hostname } = new URL(url);
      const address = await judgedAddress(hostname, this.config.HOOKS_TO_PRIVATE);
      return await post(new URL(url), address, { headers, body });
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Where a name leads, asked once. All of its addresses must be public: the next answer may put another one first. */
export async function judgedAddress(
  hostname: string,
  takesPrivate: boolean,
  resolve: (host: string) => Promise<Address[]> = (host) => lookup(host, { all: true }),
): Promise<Address> {
  const found = await resolve(hostname.replaceAll(/^\[|\]$/g, ''));
  const [first] = found;
  if (!first) throw new Error('the name has no address');
  if (!takesPrivate && !found.every(({ address }) => isPublicAddress(address)))
    throw new Error('the name leads to a private address');
  return first;
}

/** To this address, whatever the name says by now. A redirect is not followed. */
export function post(
  url: URL,
  { address, family }: Address,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<Answer> {
  const open = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = open(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      timeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      agent: false,
      lookup: (_host, options, done) => {
        if (options.all)
          (done as unknown as (error: null, all: Address[]) => void)(null, [{ address, family }]);
        else done(null, address, family);
      },
    });
    request.once('response', (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > ANSWER_BYTES_MAX) response.destroy();
      });
      response.on('error', () => {});
      response.once('close', () => resolve({ status: response.statusCode ?? null, error: null }));
    });
    request.once('error', reject);
    request.end(body);
  });
}
