import { Injectable } from '@nestjs/common';
import { Db } from '../platform/db.js';
import { withNetworks, type Scope } from '../platform/scope.js';
import { Admission, type Arrival } from './admission.js';
import type { OfflineDecision } from './checkin.schema.js';
import { isBelieved, refusalOf } from './refused.js';
import { insertScan } from './scan.queries.js';
import { Uploads } from './uploads.service.js';

/** A scan is decided here and now, or taken as a tablet has decided it. */
@Injectable()
export class Decisions {
  constructor(
    private readonly db: Db,
    private readonly admission: Admission,
    private readonly uploads: Uploads,
  ) {}

  make(hosts: Scope, arrival: Arrival, offline: OfflineDecision | undefined): Promise<void> {
    return offline ? this.uploads.take(hosts, arrival, offline) : this.decide(hosts, arrival);
  }

  /** To a scan that we have answered, what the tablet told its guest. */
  add(hosts: Scope, scanId: string, offline: OfflineDecision): Promise<void> {
    return this.uploads.addDecision(hosts, scanId, offline);
  }

  /** A refusal undoes everything but the scan that tells of it. */
  private async decide(hosts: Scope, arrival: Arrival): Promise<void> {
    const { reading, carried } = arrival;
    const guest = {
      ...withNetworks(hosts, ...(carried?.networks ?? [])),
      person: carried?.credential.personId ?? null,
    };
    try {
      await this.db.tx(guest, (tx) => this.admission.admit(tx, arrival));
    } catch (error) {
      const { reason, refusal } = refusalOf(error);
      const known = carried && isBelieved(refusal) ? carried : null;
      await this.db.tx(guest, async (tx) => {
        const language = known && (await this.admission.languageOf(tx, known.credential.personId));
        await insertScan(tx, {
          ...reading,
          state: 'REFUSED',
          reason,
          refusal,
          evidence: null,
          visitId: null,
          credentialId: known?.credential.id ?? null,
          personId: known?.credential.personId ?? null,
          homeNetworkId: known?.homeNetworkId ?? null,
          guestLanguage: language,
        });
      });
    }
  }
}
