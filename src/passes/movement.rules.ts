/** A pass's ledger in words. Pure. */

export type LedgerMove = {
  readonly id: string;
  readonly kind: 'direct' | 'hold' | 'post' | 'void' | 'expire';
  readonly debit: string;
  readonly credit: string;
  readonly halfDays: number;
  readonly reason: string;
};

export type MovementKind =
  | 'ISSUED'
  | 'BOOKED'
  | 'USED'
  | 'GIVEN_BACK'
  | 'LAPSED'
  | 'ROLLED_OVER'
  | 'GUEST_INVITED'
  | 'GUEST_RETURNED'
  | 'CORRECTED';

const KIND_OF_OUTCOME = { hold: 'BOOKED', post: 'USED', void: 'GIVEN_BACK', expire: 'GIVEN_BACK' } as const;
const KIND_OF_REASON: Readonly<Record<string, MovementKind>> = {
  'pass issued': 'ISSUED',
  lapsed: 'LAPSED',
  'rolled over': 'ROLLED_OVER',
  'guest returned': 'GUEST_RETURNED',
};

export function movementKind({ kind, reason }: Pick<LedgerMove, 'kind' | 'reason'>): MovementKind {
  if (kind !== 'direct') return KIND_OF_OUTCOME[kind];
  return KIND_OF_REASON[reason] ?? (reason.startsWith('guest ') ? 'GUEST_INVITED' : 'CORRECTED');
}

/** What a move does to the half-days that can be taken from `available`. A hold takes them, its post no more. */
export function changeOf(move: LedgerMove, available: ReadonlySet<string>): number {
  const isOut = available.has(move.debit);
  const isIn = available.has(move.credit);
  switch (move.kind) {
    case 'hold':
      return isOut ? -move.halfDays : 0;
    case 'post':
      return 0;
    case 'void':
    case 'expire':
      return isOut ? move.halfDays : 0;
    case 'direct':
      return (isIn ? move.halfDays : 0) - (isOut ? move.halfDays : 0);
  }
}

/** What a reason names, for instance `booking <id>`. */
export function namedIn(reason: string, what: 'booking' | 'guest'): string | null {
  const [word, id] = reason.split(' ');
  return word === what && id && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id : null;
}
