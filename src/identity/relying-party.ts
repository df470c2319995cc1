import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.js';

/** The site a passkey belongs to (WebAuthn, relying party): browsers bind it to the host's name. */
export type RelyingParty = { readonly id: string; readonly origin: string };

/** As the operator has set it; on a developer's computer, as the browser says. */
export function relyingParty({ PUBLIC_URL }: Config, request: FastifyRequest): RelyingParty {
  const { hostname, origin } = new URL(PUBLIC_URL ?? `http://${request.host}`);
  return { id: hostname, origin };
}
