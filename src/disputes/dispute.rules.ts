/** How a dispute moves: three times claim and answer, then letters, and an end in every case. */
export const OPEN_STATES = ['OPEN', 'RESPONDED', 'ESCALATED', 'CORRESPONDENCE'] as const;
export const OUTCOMES = ['AUTHORISED_TO_BILL', 'DEFAULTED', 'SETTLED_BETWEEN_PARTIES', 'ARBITRATED'] as const;
export type DisputeState = (typeof OPEN_STATES)[number] | (typeof OUTCOMES)[number];
export type Side = 'CREDITOR' | 'DEBTOR' | 'TREASURER';
export const MOVES = ['WRITE', 'RESPOND', 'ESCALATE', 'AUTHORISE', 'PROPOSE', 'AGREE', 'ARBITRATE'] as const;
export type MoveKind = (typeof MOVES)[number];
const STAGE_MAX = 3;

export type Standing = {
  readonly state: DisputeState;
  readonly stage: number;
  readonly awaits: 'CREDITOR' | 'DEBTOR' | null;
  readonly disputedMinor: bigint;
  /** The last offer on the table, and whose it is. */
  readonly offer: { readonly side: Side; readonly minor: bigint } | null;
};
export type Move = { readonly kind: MoveKind; readonly side: Side; readonly minor: bigint | null };

/** Where a dispute stands after a move; `billedMinor` is what stays billed, once it has ended. */
export type After = {
  readonly state: DisputeState;
  readonly stage: number;
  readonly awaits: 'CREDITOR' | 'DEBTOR' | null;
  readonly billedMinor: bigint | null;
};

/** Null for a move that is not to be made now, or not by this side. */
export function afterMove(standing: Standing, { kind, side, minor }: Move): After | null {
  const { state, stage, awaits, disputedMinor, offer } = standing;
  if (isEnded(state)) return null;
  const stays = { state, stage, awaits, billedMinor: null };
  const isParty = side !== 'TREASURER';
  const ends = (outcome: DisputeState, billed: bigint): After | null =>
    billed < 0n || billed > disputedMinor
      ? null
      : { state: outcome, stage, awaits: null, billedMinor: billed };
  switch (kind) {
    case 'WRITE':
      return stays;
    case 'RESPOND':
      if (side !== 'CREDITOR' || awaits !== 'CREDITOR') return null;
      return { ...stays, state: 'RESPONDED', awaits: 'DEBTOR' };
    case 'ESCALATE':
      if (side !== 'DEBTOR' || state !== 'RESPONDED') return null;
      return stage < STAGE_MAX
        ? { ...stays, state: 'ESCALATED', stage: stage + 1, awaits: 'CREDITOR' }
        : { ...stays, state: 'CORRESPONDENCE', awaits: null };
    // Whoever would lose by it says how much may be billed: the debtor all of it, the creditor nothing.
    case 'AUTHORISE':
      if (!isParty) return null;
      return ends('AUTHORISED_TO_BILL', minor ?? (side === 'DEBTOR' ? disputedMinor : 0n));
    case 'PROPOSE':
      return isParty && minor !== null && minor >= 0n && minor <= disputedMinor ? stays : null;
    case 'AGREE':
      if (!isParty || !offer || offer.side === side || (minor !== null && minor !== offer.minor)) return null;
      return ends('SETTLED_BETWEEN_PARTIES', offer.minor);
    case 'ARBITRATE':
      return side === 'TREASURER' && state === 'CORRESPONDENCE' && minor !== null
        ? ends('ARBITRATED', minor)
        : null;
  }
}

/** Who does not answer in time has lost: a silent host bills nothing, a silent debtor owes all. */
export function afterSilence({ awaits, stage, disputedMinor }: Standing): After {
  const billedMinor = awaits === 'CREDITOR' ? 0n : disputedMinor;
  return { state: 'DEFAULTED', stage, awaits: null, billedMinor };
}

export function isEnded(state: DisputeState): boolean {
  return (OUTCOMES as readonly string[]).includes(state);
}
