import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db, sql } from '../platform/db.js';
import { Sealing } from '../platform/sealing.js';
import { SWEEP } from './asking.service.js';
import { outcomeOf, Provider } from './provider.js';

const PATH = '/v1/provider-events';

/** Where the provider sends its events, and the secrets it signs them with. */
@Injectable()
export class ProviderEndpoints {
  private readonly logger = new Logger('Payments');

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly provider: Provider,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The given one, or those of endpoints that were made here. */
  async secrets(): Promise<string[]> {
    if (this.config.STRIPE_WEBHOOK_SECRET) return [this.config.STRIPE_WEBHOOK_SECRET];
    const rows = await this.db.read(SWEEP, (on) =>
      sql<{ secret: Buffer }>(
        on,
        'SELECT secret FROM payments.provider_endpoints ORDER BY created_at DESC LIMIT 5',
      ),
    );
    return rows.map(({ secret }) => Buffer.from(this.sealing.open(secret)).toString('utf8'));
  }

  /**
   * Makes the endpoint for this address, unless it is there. Without one events do not come, and payments are
   * found by asking: a start does not fail for it.
   */
  async register(address: string): Promise<void> {
    if (this.config.STRIPE_WEBHOOK_SECRET) return;
    const { isSandbox } = this.provider;
    const url = new URL(PATH, isSandbox ? address : (this.config.PUBLIC_URL ?? address)).href;
    try {
      const { data } = await this.provider.stripe.webhookEndpoints.list({ limit: 100 });
      const known = await this.refAt(url);
      if (known !== null && data.some(({ id }) => id === known)) return;
      const { id, secret } = await this.provider.stripe.webhookEndpoints.create({
        url,
        enabled_events: ['*'],
      });
      await this.keep(url, id, secret!);
    } catch (error) {
      outcomeOf(error); // anything but an answer of the provider is a mistake of ours
      this.logger.warn(`The provider of payments sends no events to ${url}: payments are asked for instead.`);
    }
  }

  private async refAt(url: string): Promise<string | null> {
    const [row] = await this.db.read(SWEEP, (on) =>
      sql<{ ref: string }>(on, 'SELECT provider_ref AS ref FROM payments.provider_endpoints WHERE url = $1', [
        url,
      ]),
    );
    return row?.ref ?? null;
  }

  private async keep(url: string, ref: string, secret: string): Promise<void> {
    await this.db.tx(SWEEP, (tx) =>
      sql(
        tx,
        `INSERT INTO payments.provider_endpoints (url, provider_ref, secret, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (url) DO UPDATE SET provider_ref = $2, secret = $3, created_at = $4`,
        [url, ref, this.sealing.seal(Buffer.from(secret)), this.clock.now().toString()],
      ),
    );
  }
}
