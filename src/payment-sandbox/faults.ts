/** What goes wrong on demand: with an answer, for a number of requests, and with events until told otherwise. */
export type Fault = {
  /** `timeout` does nothing and never answers; `drop` does it and hangs up; `error` answers 500 and does nothing. */
  readonly kind: 'timeout' | 'drop' | 'error';
  readonly method: string;
  /** The start of the path, such as `/v1/refunds`. */
  readonly path: string;
  times: number;
};
export type EventMode = 'once' | 'twice' | 'late' | 'reordered' | 'lost';

export class Faults {
  readonly events: { mode: EventMode } = { mode: 'once' };
  private planned: Fault[] = [];

  plan(fault: Partial<Fault>): void {
    this.planned.push({ kind: 'error', method: 'POST', path: '/v1/', times: 1, ...fault });
  }

  clear(): void {
    this.planned = [];
    this.events.mode = 'once';
  }

  /** Counts one request; says what is to go wrong with it. */
  take(method: string, path: string): Fault['kind'] | null {
    const fault = this.planned.find(
      (planned) => planned.times > 0 && planned.method === method && path.startsWith(planned.path),
    );
    if (!fault) return null;
    fault.times -= 1;
    return fault.kind;
  }
}
