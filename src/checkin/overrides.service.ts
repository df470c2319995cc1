import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { Arrivals } from './arrivals.service.js';
import { demandAtSpace } from './at-space.js';
import { OverrideProblems } from './checkin.problems.js';
import { OVERRIDABLE, type ScanView } from './checkin.schema.js';
import type { OfSpace, OverridePage, PutOverride } from './desk.schema.js';
import { findScan, type Scan } from './scan.queries.js';

const PAGE_SIZE = 50;

type Row = Omit<OverridePage['items'][number], 'createdAt'> & {
  createdAt: Parameters<typeof instantFromDate>[0];
};

type Made = {
  readonly id: string;
  readonly refused: Scan;
  readonly personId: string;
  readonly by: string;
  readonly why: string;
};

/** Somebody with the right to do so lets in whom the door refused, and says why. Nothing of it can be changed. */
@Injectable()
export class Overrides {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly arrivals: Arrivals,
  ) {}

  /** The entitlement is asked all the same: an override opens the door, it pays for nothing. */
  async put(actor: Actor, id: string, body: PutOverride): Promise<ScanView> {
    const refused = await this.refusedScan(actor, body.scanId);
    const space = await this.arrivals.space(actor.scope, refused.spaceId);
    demandAtSpace(actor, 'visits:override', space);
    const { personId } = refused;
    const reason = refused.reason!;
    if (personId === null || !OVERRIDABLE.includes(reason))
      throw OverrideProblems.refused(
        'This refusal stands: see the sentence of the door for what can be done.',
        {
          reason,
        },
      );
    return this.arrivals.admit(
      withNetworks(actor.scope, space.networkId),
      {
        id,
        requestHash: requestHash(body),
        kind: 'OVERRIDE',
        space,
        by: actor.name,
        part: undefined,
        who: { personId, evidence: 'C', isOverride: true },
      },
      (tx) => this.insert(tx, { id, refused, personId, by: actor.name, why: body.reason }),
    );
  }

  /** For the managers of a space, the newest first. */
  async list(actor: Actor, { spaceId, after }: OfSpace): Promise<OverridePage> {
    return this.db.read(actor.scope, async (on) => {
      demandAtSpace(actor, 'visits:override', await this.directory.space(on, spaceId));
      const rows = await sql<Row>(
        on,
        `SELECT override.id, override.refused_scan_id AS "refusedScanId", visit.id AS "visitId",
                visit.guest_first_name AS "firstName", override.refused_because AS "refusedBecause",
                override.reason, override.made_by AS "madeBy", override.created_at AS "createdAt"
           FROM checkin.overrides override JOIN checkin.scans scan ON scan.id = override.id
           JOIN checkin.visits visit ON visit.id = scan.visit_id
          WHERE override.space_id = $1 AND ($2::uuid IS NULL OR override.id < $2)
          ORDER BY override.id DESC LIMIT $3`,
        [spaceId, after ?? null, PAGE_SIZE],
      );
      const items = rows.map((row) => ({ ...row, createdAt: instantFromDate(row.createdAt).toString() }));
      return { items, next: items.length === PAGE_SIZE ? items.at(-1)!.id : null };
    });
  }

  private async refusedScan(actor: Actor, scanId: string): Promise<Scan> {
    const scan = await this.db.read(actor.scope, (on) => findScan(on, scanId));
    if (scan?.state === 'REFUSED') return scan;
    throw OverrideProblems.scanNotFound(`There is no refused scan ${scanId} in your reach.`);
  }

  private async insert(tx: Tx, made: Made): Promise<void> {
    try {
      await this.write(tx, made);
    } catch (error) {
      if (!violates(error, 'overrides_refused_scan_id_key')) throw error;
      throw OverrideProblems.refused('This refusal was overridden before: scan the guest again.');
    }
  }

  private async write(tx: Tx, { refused, ...made }: Made): Promise<void> {
    await sql(
      tx,
      `INSERT INTO checkin.overrides (id, refused_scan_id, space_id, host_network_id, person_id, refused_because,
         reason, made_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        made.id,
        refused.id,
        refused.spaceId,
        refused.hostNetworkId,
        made.personId,
        refused.reason,
        made.why,
        made.by,
        this.clock.now().toString(),
      ],
    );
  }
}
