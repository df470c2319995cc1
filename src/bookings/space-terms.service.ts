import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { spaceTerms } from './space-terms.js';
import type { SpaceTerms } from './space-terms.schema.js';

/** The terms of each space: read by everybody, set by those who manage it. */
@Injectable()
export class TermsOfSpaces {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  get(spaceId: string): Promise<SpaceTerms> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      await this.directory.space(on, spaceId);
      return spaceTerms(on, spaceId);
    });
  }

  /** For bookings from now on; those that are made keep theirs. */
  async put(actor: Actor, spaceId: string, terms: SpaceTerms): Promise<SpaceTerms> {
    const space = await this.db.read(PUBLIC_SCOPE, (on) => this.directory.space(on, spaceId));
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const now = this.clock.now().toString();
    await this.db.tx(withNetworks(actor.scope, space.networkId), (tx) =>
      sql(tx, UPSERT_TERMS, [
        spaceId,
        space.networkId,
        terms.bookingMode,
        terms.answerHours,
        terms.cancelUntilHours,
        terms.graceMinutes,
        terms.noShow,
        actor.name,
        now,
      ]),
    );
    return terms;
  }
}

const UPSERT_TERMS = `
  INSERT INTO bookings.space_terms (space_id, network_id, booking_mode, answer_hours, cancel_until_hours,
    grace_minutes, no_show, written_by, updated_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
  ON CONFLICT (space_id) DO UPDATE
     SET booking_mode = excluded.booking_mode, answer_hours = excluded.answer_hours,
         cancel_until_hours = excluded.cancel_until_hours, grace_minutes = excluded.grace_minutes,
         no_show = excluded.no_show, written_by = excluded.written_by, updated_at = excluded.updated_at`;
