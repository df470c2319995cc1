import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { BookingActs } from './booking-acts.js';

/** What falls due by itself. One booking per transaction, so that a sweep never holds two strangers' seats. */
@Injectable()
export class BookingSweeps implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly acts: BookingActs,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('bookings.expire', () => this.settleAll('expired'));
    this.sweeps.add('bookings.no_show', () => this.settleAll('missed'));
  }

  private async settleAll(due: 'expired' | 'missed'): Promise<number> {
    let settled = 0;
    while (await this.db.tx(namedScope('sweep'), (tx) => this.acts.settleOne(tx, due))) settled += 1;
    return settled;
  }
}
