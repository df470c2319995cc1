import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { Files } from '../platform/files/files.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Works } from '../platform/queue/works.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { Sweeps } from '../platform/sweeps.js';
import { ExportMaker } from './export-maker.js';
import { ExportRequested } from './export.events.js';

const EXPORTS_QUEUE = 'exports';
const CLEARING = namedScope('clearing');

/** Hands what was asked for to the queue, where it is made. */
@Injectable()
export class ExportJobs implements OnModuleInit {
  constructor(
    private readonly maker: ExportMaker,
    private readonly works: Works,
    private readonly consumers: Consumers,
  ) {}

  onModuleInit(): void {
    this.consumers.on('exports.enqueue', ExportRequested, (_tx, { payload }) =>
      this.works.enqueue(EXPORTS_QUEUE, payload.exportId, payload),
    );
    this.works.add(EXPORTS_QUEUE, (data) => this.maker.run((data as { exportId: string }).exportId));
  }
}

/** Files are kept for a while, and their history for good. */
@Injectable()
export class ExportExpiry implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('exports.expire', () => this.expireDue());
  }

  /** The file goes, its history stays: who asked for what, what it came to, and its checksum. */
  private async expireDue(): Promise<number> {
    const now = this.clock.now().toString();
    const due = await this.db.read(CLEARING, (on) =>
      sql<{ id: string; fileId: string; networkId: string }>(
        on,
        `SELECT id, file_id AS "fileId", network_id AS "networkId" FROM exports.exports
         WHERE state = 'DONE' AND expired_at IS NULL AND expires_at <= $1`,
        [now],
      ),
    );
    for (const { id, fileId, networkId } of due) {
      await this.db.tx(withNetworks(CLEARING, networkId), async (tx) => {
        await this.files.erase(tx, fileId);
        await sql(tx, 'UPDATE exports.exports SET expired_at = $2 WHERE id = $1', [id, now]);
      });
    }
    return due.length;
  }
}
