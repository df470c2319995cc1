import type { CommitmentCode } from '../charter.schema.js';

/** The proposed charter in one language. */
export type ProposedText = {
  readonly title: string;
  readonly preamble: string;
  readonly commitments: Readonly<
    Record<CommitmentCode, { readonly value: string; readonly commitment: string }>
  >;
};
