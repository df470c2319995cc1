import { sql, type Reader } from '../platform/db.js';
import type { WaitTerms } from './wait.schema.js';

/** Of a space that has said nothing. */
const DEFAULT_ANSWER_MINUTES = 60;

export async function waitTerms(on: Reader, spaceId: string): Promise<WaitTerms> {
  const [own] = await sql<WaitTerms>(
    on,
    'SELECT answer_minutes AS "answerMinutes" FROM bookings.wait_terms WHERE space_id = $1',
    [spaceId],
  );
  return own ?? { answerMinutes: DEFAULT_ANSWER_MINUTES };
}
