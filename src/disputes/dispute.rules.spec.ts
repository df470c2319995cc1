import fc from 'fast-check';
import {
  afterMove,
  afterSilence,
  isEnded,
  MOVES,
  type Move,
  type Side,
  type Standing,
} from './dispute.rules.js';

const opened: Standing = { state: 'OPEN', stage: 1, awaits: 'CREDITOR', disputedMinor: 2000n, offer: null };
const moves = fc.array(
  fc.record({
    kind: fc.constantFrom(...MOVES),
    side: fc.constantFrom<Side>('CREDITOR', 'DEBTOR', 'TREASURER'),
    minor: fc.option(fc.bigInt({ min: -10n, max: 3000n })),
  }),
  { maxLength: 40 },
);

function play(list: readonly Move[]): { standing: Standing; billed: bigint | null } {
  let standing = opened;
  let billed: bigint | null = null;
  for (const move of list) {
    const after = afterMove(standing, move);
    if (!after) continue;
    const offer = move.kind === 'PROPOSE' ? { side: move.side, minor: move.minor! } : standing.offer;
    standing = { ...standing, ...after, offer };
    billed = after.billedMinor ?? billed;
  }
  return { standing, billed };
}

it('whatever is moved, the stage never falls, what is billed lies between nothing and the claim, and an end is an end', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const { standing, billed } = play(list);
      expect(standing.stage).toBeGreaterThanOrEqual(1);
      expect(standing.stage).toBeLessThanOrEqual(3);
      expect(isEnded(standing.state)).toBe(billed !== null);
      if (billed !== null) expect(billed >= 0n && billed <= 2000n).toBe(true);
      if (isEnded(standing.state)) {
        for (const kind of MOVES) expect(afterMove(standing, { kind, side: 'DEBTOR', minor: 1n })).toBeNull();
      }
    }),
  );
});

it('three answers lead to letters, which a treasurer can end', () => {
  const round: Move[] = [
    { kind: 'RESPOND', side: 'CREDITOR', minor: null },
    { kind: 'ESCALATE', side: 'DEBTOR', minor: null },
  ];
  const { standing } = play([...round, ...round, ...round]);
  expect(standing).toMatchObject({ state: 'CORRESPONDENCE', stage: 3, awaits: null });
  expect(afterMove(opened, { kind: 'ARBITRATE', side: 'TREASURER', minor: 5n })).toBeNull();
  expect(afterMove(standing, { kind: 'ARBITRATE', side: 'TREASURER', minor: 500n })).toMatchObject({
    state: 'ARBITRATED',
    billedMinor: 500n,
  });
});

it('an offer is agreed to by the other side, at its own amount', () => {
  const offered: Standing = { ...opened, offer: { side: 'DEBTOR', minor: 700n } };
  expect(afterMove(offered, { kind: 'AGREE', side: 'DEBTOR', minor: null })).toBeNull();
  expect(afterMove(offered, { kind: 'AGREE', side: 'CREDITOR', minor: 800n })).toBeNull();
  expect(afterMove(offered, { kind: 'AGREE', side: 'CREDITOR', minor: null })?.billedMinor).toBe(700n);
});

it('silence costs whoever had to speak', () => {
  expect(afterSilence(opened)).toMatchObject({ state: 'DEFAULTED', billedMinor: 0n });
  expect(afterSilence({ ...opened, awaits: 'DEBTOR' }).billedMinor).toBe(2000n);
});
