import { Inject, Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { z } from 'zod';
import { newId } from '../kernel/ids.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { sql } from '../platform/db.js';
import { Desk } from './desk.js';
import { ProviderEventProblems } from './payment.problems.js';
import { ProviderEventReceived } from './payments.events.js';
import { ProviderEndpoints } from './provider-endpoints.js';
import { PROVIDER, Provider } from './provider.js';
import { SWEEP } from './asking.service.js';

const TOLERANCE_SECONDS = 300;
/** Times on the wire are the world's: a demo's clock can be moved, the provider's cannot. */
const worldClock = new Clock();

const StripeEvent = z.looseObject({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  created: z.int(),
  livemode: z.boolean(),
  account: z.string().optional(),
  data: z.looseObject({ object: z.looseObject({ id: z.string().optional(), object: z.string() }) }),
});
type StripeEvent = z.infer<typeof StripeEvent>;

/** What the provider tells: checked on the very bytes, written down once, answered at once. Acting on it comes later. */
@Injectable()
export class ProviderEvents {
  constructor(
    private readonly desk: Desk,
    private readonly provider: Provider,
    private readonly endpoints: ProviderEndpoints,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async receive(bytes: Buffer | undefined, signature: string | undefined): Promise<{ received: true }> {
    const event = await this.verified(bytes ?? Buffer.alloc(0), signature ?? '');
    const isLive = !this.provider.isSandbox && /^[rs]k_live_/.test(this.config.STRIPE_SECRET_KEY ?? '');
    if (event.account !== undefined || event.livemode !== isLive)
      throw ProviderEventProblems.wrongAccount('Send here only the events of the account whose key we hold.');
    await this.store(event);
    return { received: true };
  }

  private async verified(bytes: Buffer, signature: string): Promise<StripeEvent> {
    const now = worldClock.now().epochMilliseconds;
    const sentAt = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1] ?? Number.NaN) * 1000;
    const secrets = await this.endpoints.secrets();
    if (!secrets.some((secret) => isSigned(bytes, signature, secret)))
      throw ProviderEventProblems.notSigned('Sign the body as it is sent, with the secret of this endpoint.');
    if (sentAt < now - TOLERANCE_SECONDS * 1000)
      throw ProviderEventProblems.tooOld('Sign it again: a message counts for five minutes.');
    if (sentAt > now + TOLERANCE_SECONDS * 1000)
      throw ProviderEventProblems.fromTheFuture('Set the clock of whoever sent it.');
    const parsed = StripeEvent.safeParse(jsonOf(bytes));
    if (!parsed.success) throw ProviderEventProblems.notAnEvent('Send one event of the provider as JSON.');
    return parsed.data;
  }

  /** Only what names the object: what it looks like is asked for when it is acted on. */
  private async store(event: StripeEvent): Promise<void> {
    const now = this.desk.clock.now().toString();
    const { object } = event.data;
    await this.desk.db.tx(SWEEP, async (tx) => {
      const [row] = await sql<{ id: string }>(
        tx,
        `INSERT INTO payments.provider_events (id, source, message_ref, type, object_kind, object_ref, occurred_at,
           state, state_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'RECEIVED', $8, $8)
         ON CONFLICT (source, message_ref) DO NOTHING RETURNING id`,
        [
          newId(),
          PROVIDER,
          event.id,
          event.type,
          object.object,
          object.id ?? '',
          Temporal.Instant.fromEpochMilliseconds(event.created * 1000).toString(),
          now,
        ],
      );
      if (row)
        await this.desk.outbox.add(
          tx,
          ProviderEventReceived,
          { providerEventId: row.id },
          { actor: PROVIDER },
        );
    });
  }
}

/** Without a tolerance: old and future are said apart from forged. */
export function isSigned(bytes: Buffer, signature: string, secret: string): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(bytes, signature, secret, 0) ?? false;
  } catch {
    return false;
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
