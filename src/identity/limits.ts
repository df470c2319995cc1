import { Injectable } from '@nestjs/common';
import { RateLimit } from '../platform/http/rate-limit.js';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** How often something may be tried: per thing guessed at, and per address it is tried from. */
@Injectable()
export class Limits {
  readonly signInAs = new RateLimit({ attemptsMax: 5, windowSeconds: 15 * MINUTE_SECONDS });
  readonly signInFrom = new RateLimit({ attemptsMax: 100, windowSeconds: 15 * MINUTE_SECONDS });
  /** Proofs are passwords and codes again, of somebody whose session may be in other hands. */
  readonly proofOf = new RateLimit({ attemptsMax: 5, windowSeconds: 15 * MINUTE_SECONDS });
  readonly challengeFrom = new RateLimit({ attemptsMax: 100, windowSeconds: 15 * MINUTE_SECONDS });
  readonly registrationFrom = new RateLimit({ attemptsMax: 50, windowSeconds: HOUR_SECONDS });
  readonly resetOf = new RateLimit({ attemptsMax: 3, windowSeconds: HOUR_SECONDS });
  readonly resetFrom = new RateLimit({ attemptsMax: 50, windowSeconds: HOUR_SECONDS });
  /** Links and codes are typed or clicked once; a person at a door may mistype. */
  readonly linkFrom = new RateLimit({ attemptsMax: 60, windowSeconds: 15 * MINUTE_SECONDS });
  readonly enrolmentOf = new RateLimit({ attemptsMax: 5, windowSeconds: 10 * MINUTE_SECONDS });
}
