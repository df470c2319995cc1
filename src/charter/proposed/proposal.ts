/**
 * A charter to begin with: five core values of coworking, the bridge to the public interest, the data commons. It binds
 * nobody until a network publishes it.
 */
import { LANGUAGES, type Language } from '../../kernel/wire.js';
import { COMMITMENTS, type CharterProposal, type CommitmentCode } from '../charter.schema.js';
import { AR } from './ar.js';
import { EN } from './en.js';
import { ES } from './es.js';
import { FR } from './fr.js';
import { IT } from './it.js';
import type { ProposedText } from './proposed-text.js';

const IN: Readonly<Record<Language, ProposedText>> = { en: EN, fr: FR, es: ES, it: IT, ar: AR };

export const PROPOSED_CHARTER = proposalOf(COMMITMENTS);

/** With some of the commitments only: a network may begin with fewer. */
export function proposalOf(codes: readonly CommitmentCode[]): CharterProposal {
  return {
    texts: inEach(({ title, preamble }) => ({ title, preamble })),
    commitments: codes.map((code) => ({ code, texts: inEach(({ commitments }) => commitments[code]) })),
  };
}

function inEach<Part>(part: (text: ProposedText) => Part): Record<Language, Part> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, part(IN[language])])) as Record<
    Language,
    Part
  >;
}
