import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweeps } from '../platform/sweeps.js';
import { VisitRecords } from './visit-records.service.js';
import { Visits } from './visits.service.js';

/** Registered in this order: what ends in a round is sealed in the same round, when its time has come. */
@Injectable()
export class VisitSweeps implements OnModuleInit {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly visits: Visits,
    private readonly records: VisitRecords,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('checkin.complete', () => this.visits.completeAll());
    this.sweeps.add('checkin.seal', () => this.records.sealAll());
  }
}
