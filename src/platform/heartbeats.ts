import { Injectable } from '@nestjs/common';
import { Db, sql } from './db.js';
import { PUBLIC_SCOPE } from './scope.js';

/**
 * Signs of life of what runs in the background, perhaps in another process. In the database's own time:
 * a demo moves the application's clock.
 */
@Injectable()
export class Heartbeats {
  constructor(private readonly db: Db) {}

  async beat(name: string): Promise<void> {
    await this.db.tx(PUBLIC_SCOPE, (tx) =>
      sql(
        tx,
        `INSERT INTO platform.heartbeats (name, beat_at) VALUES ($1, now())
         ON CONFLICT (name) DO UPDATE SET beat_at = now()`,
        [name],
      ),
    );
  }

  /** Seconds since the last beat; null when there was none. */
  async age(name: string): Promise<number | null> {
    const [row] = await this.db.read(PUBLIC_SCOPE, (on) =>
      sql<{ seconds: number }>(
        on,
        'SELECT extract(epoch FROM now() - beat_at)::float8 AS seconds FROM platform.heartbeats WHERE name = $1',
        [name],
      ),
    );
    return row?.seconds ?? null;
  }
}
