/** Where a refusal meets the dialog that lifts it: the call waits here until somebody has proved who they are. */
type Waiting = (isProved: boolean) => void;

const waiting = new Set<Waiting>();
export const PROOF_ASKED = 'escale:proof-asked';

/** True once the person has proved who they are; false when they would rather not. */
export function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.add(resolve);
    dispatchEvent(new Event(PROOF_ASKED));
  });
}

/** All calls that were refused meanwhile go on, or none does. */
export function answerProof(isProved: boolean): void {
  for (const resolve of waiting) resolve(isProved);
  waiting.clear();
}

/** Asked before anybody was there to hear it. */
export function isProofAsked(): boolean {
  return waiting.size > 0;
}
