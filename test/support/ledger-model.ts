/** The ledger as plain arithmetic: what any sequence of transfers must answer, whatever carries them out. */
export type Outcome = 'post' | 'void' | 'expire';
type Moving<Kind> = {
  readonly kind: Kind;
  readonly id: string;
  readonly debit: string;
  readonly credit: string;
  readonly minor: bigint;
};
type Ending<Kind> = { readonly kind: Kind; readonly holdId: string };
export type Moved = Moving<'transfer'> | Moving<'hold'>;
export type Command = Moved | Ending<'post'> | Ending<'void'> | Ending<'expire'> | Ending<'reverse'>;

export type ModelAccount = {
  readonly floor: 'none' | 'no_overdraft';
  readonly debits: bigint;
  readonly credits: bigint;
  readonly debitsHeld: bigint;
  readonly creditsHeld: bigint;
};
type Effect = { readonly posted: bigint; readonly held: bigint };

export class LedgerModel {
  private readonly moves = new Map<string, Moved>();
  private readonly ended = new Map<string, Outcome>();
  private readonly reversed = new Set<string>();

  constructor(readonly accounts: Map<string, ModelAccount>) {}

  /** 'ok', or the code of the refusal. What is said again in the same words changes nothing. */
  apply(command: Command): string {
    if (command.kind === 'transfer' || command.kind === 'hold') return this.write(command);
    return command.kind === 'reverse' ? this.reverse(command.holdId) : this.end(command.holdId, command.kind);
  }

  holds(): string[] {
    return [...this.moves.values()].filter(({ kind }) => kind === 'hold').map(({ id }) => id);
  }

  private write(move: Moved): string {
    const known = this.moves.get(move.id);
    if (known) return isSame(known, move) ? 'ok' : 'ledger.id_reused';
    const effect = move.kind === 'hold' ? { posted: 0n, held: 1n } : { posted: 1n, held: 0n };
    if (!this.move(move, effect)) return 'ledger.insufficient';
    this.moves.set(move.id, move);
    return 'ok';
  }

  private end(holdId: string, outcome: Outcome): string {
    const hold = this.moves.get(holdId);
    if (hold?.kind !== 'hold') return 'ledger.unknown_hold';
    const known = this.ended.get(holdId);
    if (known) return known === outcome ? 'ok' : 'ledger.already_resolved';
    if (!this.move(hold, { posted: outcome === 'post' ? 1n : 0n, held: -1n })) return 'ledger.insufficient';
    this.ended.set(holdId, outcome);
    return 'ok';
  }

  private reverse(holdId: string): string {
    const hold = this.moves.get(holdId);
    if (!hold || this.ended.get(holdId) !== 'post') return 'ledger.unknown_hold';
    if (this.reversed.has(holdId)) return 'ok';
    const back = { ...hold, debit: hold.credit, credit: hold.debit };
    if (!this.move(back, { posted: 1n, held: 0n })) return 'ledger.insufficient';
    this.reversed.add(holdId);
    return 'ok';
  }

  private move({ debit, credit, minor }: Moved, { posted, held }: Effect): boolean {
    const from = this.accounts.get(debit)!;
    const to = this.accounts.get(credit)!;
    const fromAfter = {
      ...from,
      debits: from.debits + minor * posted,
      debitsHeld: from.debitsHeld + minor * held,
    };
    const toAfter = {
      ...to,
      credits: to.credits + minor * posted,
      creditsHeld: to.creditsHeld + minor * held,
    };
    if (fromAfter.floor === 'no_overdraft' && fromAfter.debits + fromAfter.debitsHeld > fromAfter.credits)
      return false;
    this.accounts.set(debit, fromAfter);
    this.accounts.set(credit, toAfter);
    return true;
  }
}

function isSame(a: Moved, b: Moved): boolean {
  return a.kind === b.kind && a.debit === b.debit && a.credit === b.credit && a.minor === b.minor;
}
