import fc from 'fast-check';
import type { ProofKind } from './actor.js';
import { ROLES } from './permission.schema.js';
import { needsFactor, STEP_UPS, stepUpVerdict, type Standing, type StepUpFor } from './step-up.rules.js';

const KINDS: ProofKind[] = ['PASSWORD', 'PASSKEY', 'AUTHENTICATOR', 'RECOVERY_CODE', 'INSTITUTION'];
const HALF_HOUR_SECONDS = 1800;

const anyProof = fc.option(
  fc.record({
    by: fc.constantFrom(...KINDS),
    ageSeconds: fc.integer({ min: 0, max: HALF_HOUR_SECONDS * 2 }),
  }),
);
const anyStanding: fc.Arbitrary<Standing> = fc.record({
  proof: anyProof,
  hasFactor: fc.boolean(),
  needsFactor: fc.boolean(),
});
const anything = fc.constantFrom(...(Object.keys(STEP_UPS) as StepUpFor[]));

it('money and the ways to sign in ask for a proof of the last five minutes, the operator’s rooms of thirty', () => {
  expect(STEP_UPS).toMatchObject({
    MONEY: { seconds: 300 },
    OWN: { seconds: 300 },
    PLATFORM: { seconds: 1800 },
  });
});

it('treasurers and the platform’s administrators need more than a password, and nobody else', () => {
  expect(ROLES.filter((role) => needsFactor([role]))).toEqual(['network_treasurer', 'platform_admin']);
});

it('nothing is proven without a recent proof, nor by a password where there is something better', () => {
  fc.assert(
    fc.property(anyStanding, anything, (standing, what) => {
      const isProven = stepUpVerdict(standing, what) === 'PROVEN';
      const age = standing.proof?.ageSeconds ?? Infinity;
      expect(isProven && age >= STEP_UPS[what].seconds).toBe(false);
      const isWeak = ['PASSWORD', 'INSTITUTION'].includes(standing.proof?.by ?? '');
      expect(isProven && standing.hasFactor && isWeak).toBe(false);
    }),
  );
});

it('who needs a factor and has none is told so, except where they add one', () => {
  fc.assert(
    fc.property(anyProof, anything, (proof, what) => {
      const verdict = stepUpVerdict({ proof, hasFactor: false, needsFactor: true }, what);
      expect(verdict === 'ADD_FACTOR').toBe(what !== 'OWN');
    }),
  );
});

it('an older proof never opens what a newer one of the same kind does not', () => {
  fc.assert(
    fc.property(anyStanding, anything, fc.nat({ max: HALF_HOUR_SECONDS }), (standing, what, more) => {
      const { proof } = standing;
      if (!proof) return;
      const older = { ...standing, proof: { ...proof, ageSeconds: proof.ageSeconds + more } };
      if (stepUpVerdict(older, what) === 'PROVEN') expect(stepUpVerdict(standing, what)).toBe('PROVEN');
    }),
  );
});
