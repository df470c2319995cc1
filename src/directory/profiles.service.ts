import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import type { SpaceView } from './directory.schema.js';
import type { SpaceProfile } from './profile.schema.js';
import { Spaces } from './spaces.service.js';

/** What a space tells about itself: getting in, accessibility, amenities, languages, rules of the house. */
@Injectable()
export class Profiles {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly spaces: Spaces,
  ) {}

  put(actor: Actor, spaceId: string, profile: SpaceProfile): Promise<SpaceView> {
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.spaces.writable(tx, actor, spaceId);
      await this.write(tx, space, profile, actor.name);
      return this.spaces.view(tx, space);
    });
  }

  /** Whatever is written is kept: the database adds each profile that differs to the history of the space. */
  async write(
    tx: Tx,
    space: { readonly id: string; readonly networkId: string },
    profile: SpaceProfile,
    writtenBy: string,
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO directory.space_profiles (space_id, network_id, profile, written_by, updated_at, created_at)
       VALUES ($1, $2, $3::jsonb, $4, $5, $5)
       ON CONFLICT (space_id) DO UPDATE SET profile = $3::jsonb, written_by = $4, updated_at = $5`,
      [space.id, space.networkId, JSON.stringify(profile), writtenBy, this.clock.now().toString()],
    );
  }
}
