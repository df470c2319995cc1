import { createHmac, randomBytes } from 'node:crypto';
import { HttpProblems } from './http-problems.js';

type Window = { readonly endsAtMs: number; count: number };
type Settings = { readonly attemptsMax: number; readonly windowSeconds: number };

/** Above it, finished windows are dropped: an attacker with many names cannot fill the memory. */
const WINDOWS_KEPT_MAX = 10_000;
const MS_PER_SECOND = 1000;

/**
 * At most `attemptsMax` per name and fixed window, for what can be guessed: passwords, enrolment codes,
 * reset links. Counted in this process alone: several API processes allow that many times more. Names
 * (an address, an e-mail) are kept as keyed hashes, under a key that ends with the process.
 */
export class RateLimit {
  private readonly windows = new Map<string, Window>();
  private readonly key = randomBytes(32);

  constructor(
    private readonly settings: Settings,
    /** A clock that nothing moves: neither a demo nor a correction of the system's time frees a guesser. */
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Counts one attempt, and throws `http.too_many_requests` when it is one too many. */
  count(...names: string[]): void {
    const now = this.nowMs();
    const key = this.hash(names);
    const window = this.open(key, now);
    window.count += 1;
    if (window.count <= this.settings.attemptsMax) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((window.endsAtMs - now) / MS_PER_SECOND));
    throw HttpProblems.tooManyRequests(
      `That was more than ${this.settings.attemptsMax} attempts: wait ${retryAfterSeconds} seconds.`,
      { retryAfterSeconds },
    );
  }

  /** Forgets the attempts: somebody who signed in has shown not to be guessing. */
  clear(...names: string[]): void {
    this.windows.delete(this.hash(names));
  }

  private open(key: string, now: number): Window {
    const current = this.windows.get(key);
    if (current && current.endsAtMs > now) return current;
    if (this.windows.size >= WINDOWS_KEPT_MAX) this.forgetFinished(now);
    const fresh = { endsAtMs: now + this.settings.windowSeconds * MS_PER_SECOND, count: 0 };
    this.windows.set(key, fresh);
    return fresh;
  }

  private forgetFinished(now: number): void {
    for (const [key, window] of this.windows) if (window.endsAtMs <= now) this.windows.delete(key);
  }

  private hash(names: readonly string[]): string {
    return createHmac('sha256', this.key).update(JSON.stringify(names)).digest('base64url');
  }
}
