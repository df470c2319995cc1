import { Injectable } from '@nestjs/common';
import { Db, sql } from './db.js';
import { PUBLIC_SCOPE } from './scope.js';

export type SweepRun = {
  readonly name: string;
  /** null: never. */
  readonly secondsSinceSuccess: number | null;
  readonly consecutiveFailures: number;
};

/** When each sweep last did its work, whichever process ran it. In the database's own time, as heartbeats are. */
@Injectable()
export class SweepRuns {
  constructor(private readonly db: Db) {}

  async succeeded(name: string): Promise<void> {
    await this.write(
      `INSERT INTO platform.sweep_runs (name, succeeded_at) VALUES ($1, now())
       ON CONFLICT (name) DO UPDATE SET succeeded_at = now(), consecutive_failures = 0`,
      name,
    );
  }

  async failed(name: string): Promise<void> {
    await this.write(
      `INSERT INTO platform.sweep_runs AS run (name, failed_at, consecutive_failures) VALUES ($1, now(), 1)
       ON CONFLICT (name) DO UPDATE SET failed_at = now(), consecutive_failures = run.consecutive_failures + 1`,
      name,
    );
  }

  /** One for each name, also for those that never ran. */
  of(names: readonly string[]): Promise<SweepRun[]> {
    return this.db.read(PUBLIC_SCOPE, (on) =>
      sql<SweepRun>(
        on,
        `SELECT sweep.name, extract(epoch FROM now() - run.succeeded_at)::float8 AS "secondsSinceSuccess",
                coalesce(run.consecutive_failures, 0) AS "consecutiveFailures"
           FROM unnest($1::text[]) WITH ORDINALITY AS sweep (name, number)
           LEFT JOIN platform.sweep_runs run ON run.name = sweep.name ORDER BY sweep.number`,
        [names],
      ),
    );
  }

  private async write(statement: string, name: string): Promise<void> {
    await this.db.tx(PUBLIC_SCOPE, (tx) => sql(tx, statement, [name]));
  }
}
