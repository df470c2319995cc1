import { z } from 'zod';
import { wireId, wireInstant } from '../kernel/wire.js';

const TrustedKey = z.strictObject({
  kid: z.base64url(),
  alg: z.literal('EdDSA'),
  raw: z.base64url(),
  /** Credentials issued from here on … */
  useFrom: wireInstant,
  /** … until here may carry it. */
  useUntil: wireInstant,
  /** Afterwards none of them is alive any more. */
  verifyUntil: wireInstant,
});

const TrustedIssuer = z.strictObject({
  /** The network as its credentials name it. */
  issuer: z.string(),
  networkId: wireId,
  statusList: z.string(),
  keys: z.array(TrustedKey),
});

export const TrustListView = z
  .strictObject({ issuedAt: wireInstant, validUntil: wireInstant, issuers: z.array(TrustedIssuer) })
  .meta({ id: 'TrustList' });
export type TrustListView = z.infer<typeof TrustListView>;

export const StatusListView = z
  .strictObject({
    networkId: wireId,
    issuer: z.string(),
    /** A compact JWS by a key of the issuer: one bit per index, deflated (Token Status List). */
    statusList: z.string(),
  })
  .meta({ id: 'StatusList' });
export type StatusListView = z.infer<typeof StatusListView>;
