import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';

/**
 * A process that is to end says so first, and goes on answering: for DRAIN_MS it is not ready, so that whoever spreads
 * the requests sends them to others, and no connection outlives its next answer. A connection that is closed between
 * two requests would fail the second.
 */
@Injectable()
export class Draining {
  private begun = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get hasBegun(): boolean {
    return this.begun;
  }

  async run(): Promise<void> {
    this.begun = true;
    await sleep(this.config.DRAIN_MS);
  }
}
