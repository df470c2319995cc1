import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Directory, PoolChanged, SpaceHoursChanged } from '../directory/index.js';
import type { Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { PoolDays } from './pool-days.js';

/** Keeps the days that were made in step with the directory's hours and capacities. */
@Injectable()
export class SpaceChanges implements OnModuleInit {
  private readonly logger = new Logger('SpaceChanges');
  private readonly acts: ((tx: Tx, spaceId: string) => Promise<void>)[] = [];

  constructor(
    private readonly consumers: Consumers,
    private readonly directory: Directory,
    private readonly poolDays: PoolDays,
  ) {}

  onModuleInit(): void {
    this.consumers.on(
      'bookings.remake-days',
      SpaceHoursChanged,
      (tx, { payload }) => this.remake(tx, payload.spaceId),
      'sweep',
    );
    this.consumers.on(
      'bookings.remake-days',
      PoolChanged,
      async (tx, { payload }) => this.remake(tx, (await this.directory.pool(tx, payload.poolId)).spaceId),
      'sweep',
    );
  }

  /** What else is to be done once a space's days were made again. */
  afterwards(act: (tx: Tx, spaceId: string) => Promise<void>): void {
    this.acts.push(act);
  }

  async remake(tx: Tx, spaceId: string): Promise<void> {
    const daysShort = await this.poolDays.remake(tx, await this.directory.space(tx, spaceId));
    if (daysShort > 0)
      this.logger.warn({ spaceId, daysShort, message: 'More is booked than is now offered.' });
    for (const act of this.acts) await act(tx, spaceId);
  }
}
