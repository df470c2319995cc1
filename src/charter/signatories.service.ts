import { Injectable } from '@nestjs/common';
import { Db, sql } from '../platform/db.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import type { SignatoriesQuery, SignatoryPage, SignatoryView } from './charter.schema.js';
import { findBelow, MOMENT } from './version.queries.js';

const at = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${MOMENT})`;

/** Everybody who has ever signed, and how they stand: for all to read. */
@Injectable()
export class Signatories {
  constructor(private readonly db: Db) {}

  list({ networkId, spaceId }: SignatoriesQuery): Promise<SignatoryPage> {
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => {
      const networkIds = networkId ? await findBelow(on, networkId) : null;
      const items = await sql<SignatoryView>(
        on,
        `SELECT member.id AS "memberId", member.organisation_id AS "organisationId", member.kind, coalesce(space.name, organisation.name) AS name,
           space.id AS "spaceId", space.city, coalesce(space.country, organisation.country) AS country, space.lat,
           space.lon, member.state, ${at('member.since')} AS since, member.deadline::text AS deadline,
           (SELECT coalesce(json_agg(json_build_object('number', version.number, 'at', ${at('signature.created_at')},
                     'language', signature.language) ORDER BY signature.created_at DESC), '[]')
            FROM charter.signatures signature JOIN charter.versions version ON version.id = signature.version_id
            WHERE signature.member_id = member.id) AS signatures,
           CASE WHEN member.state = 'EXITED' THEN ${at('member.since')} END AS "endedAt"
         FROM charter.members member
         JOIN identity.pub_organisations organisation ON organisation.id = member.organisation_id
         LEFT JOIN directory.pub_spaces space ON space.id = member.space_id
         WHERE member.provisional_at IS NOT NULL AND ($1::uuid[] IS NULL OR member.network_id = ANY ($1))
           AND ($2::uuid IS NULL OR member.space_id = $2) AND (space.id IS NULL OR space.visibility = 'public')
         ORDER BY member.kind DESC, name, member.id LIMIT 500`,
        [networkIds, spaceId ?? null],
      );
      return { items, next: null };
    });
  }
}
