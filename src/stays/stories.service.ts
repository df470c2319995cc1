import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { StoryPage } from './call.schema.js';
import { StayProblems } from './stay.problems.js';
import type { PutStayStory, StayView } from './stay.schema.js';
import { seenStay, StaySteps, stayScope } from './stay-steps.js';

const STORIES_MAX = 100;

/** What a participant lets be told, for as long as they let it. */
@Injectable()
export class Stories {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly steps: StaySteps,
  ) {}

  /** Told again after it was withdrawn, or in other words, it waits to be published again. */
  tell(actor: Actor, id: string, body: PutStayStory): Promise<void> {
    return this.steps.take(actor, { stayId: id, act: 'TELL_STORY', body }, async ({ tx, stay }) => {
      if (!body.hasConsented)
        throw StayProblems.consentMissing('Say that it may be published under the name you chose.');
      await sql(
        tx,
        `INSERT INTO stays.stories (id, stay_id, network_id, language, title, text, signed_as, consented_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         ON CONFLICT (stay_id) DO UPDATE SET language = $4, title = $5, text = $6, signed_as = $7, consented_at = $8,
           published_at = NULL, published_by = NULL, withdrawn_at = NULL`,
        [
          newId(),
          id,
          stay.networkId,
          body.language,
          body.title,
          body.text,
          body.signedAs,
          this.clock.now().toString(),
        ],
      );
      return { to: stay.state };
    });
  }

  async publish(actor: Actor, id: string): Promise<void> {
    await this.db.tx(stayScope(actor), async (tx) => {
      const { networkId } = await seenStay(tx, actor, id);
      demand(actor, 'stays:coordinate', { organisationId: networkId, networkId });
      const published = await sql(
        tx,
        `UPDATE stays.stories SET published_at = coalesce(published_at, $2), published_by = coalesce(published_by, $3)
         WHERE stay_id = $1 AND withdrawn_at IS NULL RETURNING id`,
        [id, this.clock.now().toString(), actor.name],
      );
      if (published.length === 0)
        throw StayProblems.storyNotFound('Nobody has told it, or it was withdrawn: ask the participant.');
    });
  }

  /** At once, and without reasons. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.db.tx(stayScope(actor), async (tx) => {
      const stay = await seenStay(tx, actor, id);
      if (stay.personId !== actor.personId)
        throw StayProblems.wrongSide('Only who told the story withdraws it.');
      await sql(tx, 'UPDATE stays.stories SET withdrawn_at = coalesce(withdrawn_at, $2) WHERE stay_id = $1', [
        id,
        this.clock.now().toString(),
      ]);
    });
  }

  published(): Promise<StoryPage> {
    return this.db.read(namedScope('stays'), async (on) => ({
      items: await sql(
        on,
        `SELECT story.id, story.stay_id AS "stayId", story.title, story.text, story.language,
           story.signed_as AS "signedAs", stay.direction,
           json_build_object('id', place.id, 'name', place.name, 'city', place.city) AS place, employer.name AS employer,
           (SELECT count(*)::int FROM stays.attested_days WHERE stay_id = stay.id) AS "attestedDays",
           to_char(story.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "publishedAt"
         FROM stays.stories story
         JOIN stays.stays stay ON stay.id = story.stay_id
         JOIN directory.pub_spaces place ON place.id = stay.stay_place_id
         JOIN identity.pub_organisations employer ON employer.id = stay.employer_id
         WHERE story.published_at IS NOT NULL AND story.withdrawn_at IS NULL
         ORDER BY story.published_at DESC LIMIT ${STORIES_MAX}`,
      ),
      next: null,
    }));
  }
}

export async function storyOf(on: Reader, stayId: string): Promise<StayView['story']> {
  const [row] = await sql<NonNullable<StayView['story']>>(
    on,
    `SELECT title, text, signed_as AS "signedAs", CASE WHEN withdrawn_at IS NOT NULL THEN 'WITHDRAWN'
       WHEN published_at IS NOT NULL THEN 'PUBLISHED' ELSE 'TOLD' END AS state
     FROM stays.stories WHERE stay_id = $1`,
    [stayId],
  );
  return row ?? null;
}
