import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { Clock, MovableClock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { DEMO_STARTS_AT } from './demo-network.js';
import { DemoProblems } from './demo.problems.js';

const OPERATOR = namedScope('operator');

/** The demo's time: it begins on a Monday in June and is moved by whoever tries the demo, forward only. */
@Injectable()
export class DemoClock implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly db: Db,
    private readonly sweeps: Sweeps,
  ) {}

  /** Goes on from where it stood, as if it had run while the process was down. */
  async onModuleInit(): Promise<void> {
    if (!this.isDemo()) return;
    const [last] = await this.db.read(OPERATOR, (on) =>
      sql<{ shownAt: string; realAt: string }>(
        on,
        `SELECT to_json(shown_at) #>> '{}' AS "shownAt", to_json(real_at) #>> '{}' AS "realAt"
           FROM demo.clock_moves ORDER BY real_at DESC LIMIT 1`,
      ),
    );
    if (last) this.set(Temporal.Instant.from(last.shownAt), Temporal.Instant.from(last.realAt));
    else await this.write(Temporal.Instant.from(DEMO_STARTS_AT));
  }

  isDemo(): boolean {
    return this.clock instanceof MovableClock;
  }

  now(): Instant {
    this.demandDemo();
    return this.clock.now();
  }

  /** Moves on, then does at once what fell due on the way: no-shows, visits to complete and to seal. */
  async moveTo(moment: Instant): Promise<Instant> {
    this.demandDemo();
    const now = this.clock.now();
    if (Temporal.Instant.compare(moment, now) < 0) {
      throw DemoProblems.clockBackwards(`It is ${now.toString()} in the demo already: give a later moment.`, {
        now: now.toString(),
      });
    }
    await this.write(moment);
    await this.sweeps.runAll();
    return this.clock.now();
  }

  private async write(shown: Instant): Promise<void> {
    const real = Temporal.Now.instant();
    await this.db.tx(OPERATOR, (tx) =>
      sql(tx, 'INSERT INTO demo.clock_moves (id, real_at, shown_at) VALUES ($1, $2, $3)', [
        newId(),
        real.toString(),
        shown.toString(),
      ]),
    );
    this.set(shown, real);
  }

  private set(shown: Instant, real: Instant): void {
    if (this.clock instanceof MovableClock) this.clock.setFrom(shown, real);
  }

  private demandDemo(): void {
    if (!this.isDemo())
      throw DemoProblems.notFound('Only a demo has a clock to move: start one with DEMO=true.');
  }
}
