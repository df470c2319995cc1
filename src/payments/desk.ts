import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';

/** What everybody here writes with. */
@Injectable()
export class Desk {
  constructor(
    readonly db: Db,
    readonly clock: Clock,
    readonly outbox: Outbox,
  ) {}
}
