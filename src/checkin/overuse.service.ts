import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { OfSpaceAndDay, ScanView } from './checkin.schema.js';
import { codesSeenElsewhere } from './offline-scan.queries.js';
import type { OveruseView } from './overuse.schema.js';
import { scansOfDay } from './scan.queries.js';
import { Scans } from './scans.service.js';

/** Scans of a day that somebody should look at: nobody pays, or the code has been about. */
@Injectable()
export class Overuse {
  constructor(
    private readonly db: Db,
    private readonly scans: Scans,
  ) {}

  async ofDay(actor: Actor, of: OfSpaceAndDay): Promise<OveruseView[]> {
    const scans = await this.scans.ofDay(actor, of); // refuses who may not see them
    const copied = await this.copied(of);
    return scans.flatMap((scan) => {
      const why = whyOf(scan) ?? (copied.has(scan.id) ? 'CODE_SEEN_ELSEWHERE' : null);
      return why ? [{ why, scan }] : [];
    });
  }

  /** Other spaces' scans are not told, only that there are some. */
  private copied({ spaceId, day }: OfSpaceAndDay): Promise<ReadonlySet<string>> {
    return this.db.read(namedScope('sweep'), async (on) => {
      const scans = await scansOfDay(on, { spaceId, day: Temporal.PlainDate.from(day) });
      const codeHashes = scans.map(({ codeHash }) => codeHash);
      const seen = await codesSeenElsewhere(on, { spaceId, codeHashes });
      return new Set(scans.filter(({ codeHash }) => seen.has(codeHash)).map(({ id }) => id));
    });
  }
}

function whyOf({ state, offline }: ScanView): OveruseView['why'] | null {
  if (state === 'CONFLICT') return 'OVERUSE';
  if (offline?.withdrawnAt) return 'WITHDRAWN_SINCE';
  const wasTurnedAway = offline?.verdict === 'REFUSED' || offline?.undoneAt;
  return state === 'ACCEPTED' && wasTurnedAway ? 'TURNED_AWAY' : null;
}
