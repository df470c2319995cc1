import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { Arrivals } from './arrivals.service.js';
import type { ScanView } from './checkin.schema.js';
import type { PutSelfCheckIn } from './desk.schema.js';
import { Posters } from './posters.service.js';
import { Scans } from './scans.service.js';

/**
 * The guest scans the door instead of the door the guest. With the pass code that the phone signs for this very
 * space the visit is as well attested as at a scanner (class A); with the session alone it is like one by hand (C).
 */
@Injectable()
export class SelfCheckIns {
  constructor(
    private readonly posters: Posters,
    private readonly scans: Scans,
    private readonly arrivals: Arrivals,
  ) {}

  async put(actor: Actor, id: string, body: PutSelfCheckIn): Promise<ScanView> {
    const personId = demandPerson(actor);
    const spaceId = await this.posters.spaceOf(body.poster);
    const space = await this.arrivals.space(actor.scope, spaceId);
    const { code, part, scannedAt } = body;
    const by = { name: actor.name, scope: withNetworks(actor.scope, space.networkId), personId };
    if (code !== undefined)
      return this.scans.atPoster(by, id, { space, hash: requestHash(body), code, scannedAt, part });
    return this.arrivals.admit(by.scope, {
      id,
      requestHash: requestHash(body),
      kind: 'POSTER',
      space,
      by: actor.name,
      part,
      who: { personId, evidence: 'C' },
    });
  }
}
