import { Stripe } from 'stripe';
import type { Faults } from './faults.js';
import type { Kind, Objects, Store } from './store.js';

const ATTEMPTS_MAX = 5;
const RETRY_MS = 400;
const ANSWER_WITHIN_MS = 10_000;

/** Tells the endpoints what has happened, signed as Stripe signs: at least once, in no order that can be relied on. */
export class Events {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly sending = new Set<Promise<void>>();
  private held: Stripe.Event[] = [];

  constructor(
    private readonly store: Store,
    private readonly faults: Faults,
  ) {}

  emit(type: string, object: Objects[Kind]): Stripe.Event {
    const event = {
      id: this.store.newId('event'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: this.store.now(),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    } as unknown as Stripe.Event;
    this.store.put('event', event);
    this.pass(event);
    return event;
  }

  /** Again, as an operator of Stripe's dashboard would. */
  resend(id: string): void {
    const event = this.store.find('event', id);
    if (event) this.send(event);
  }

  /** What was kept back to be late or out of order goes now, the newest first. */
  release(): void {
    const held = this.held.toReversed();
    this.held = [];
    for (const event of held) this.send(event);
  }

  /** Until nothing is on its way. */
  async quiet(): Promise<void> {
    while (this.sending.size > 0) await Promise.all(this.sending);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private pass(event: Stripe.Event): void {
    const { mode } = this.faults.events;
    if (mode === 'lost') return;
    if (mode === 'late' || mode === 'reordered') {
      this.held.push(event);
      return;
    }
    this.send(event);
    if (mode === 'twice') this.send(event);
  }

  private send(event: Stripe.Event): void {
    for (const endpoint of this.store.all('webhook_endpoint')) {
      if (endpoint.status !== 'enabled') continue;
      if (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(event.type))
        this.attempt(endpoint, event, 1);
    }
  }

  private attempt(endpoint: Stripe.WebhookEndpoint, event: Stripe.Event, number: number): void {
    const sent = this.deliver(endpoint, event, number).finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  private async deliver(
    endpoint: Stripe.WebhookEndpoint,
    event: Stripe.Event,
    number: number,
  ): Promise<void> {
    const isTaken = await this.post(endpoint, event).catch(() => false);
    if (isTaken || number === ATTEMPTS_MAX) return;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.attempt(endpoint, event, number + 1);
      },
      RETRY_MS * 2 ** number,
    );
    timer.unref();
    this.timers.add(timer);
  }

  private async post(endpoint: Stripe.WebhookEndpoint, event: Stripe.Event): Promise<boolean> {
    const payload = JSON.stringify(event, null, 2);
    const secret = this.store.hidden.secrets[endpoint.id]!;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: payload,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.arrayBuffer();
    return answer.ok;
  }
}
