import { diffWords } from 'diff';
import type { Language } from '../kernel/wire.js';
import { COMMITMENTS, type CharterDiffView, type CharterProposal } from './charter.schema.js';

type Block = CharterDiffView['blocks'][number];

/** What a reader of one language sees change, word by word; the library is `diff` (Myers, 1986). */
export function blocksBetween(from: CharterProposal, to: CharterProposal, language: Language): Block[] {
  const said = (block: Block['block'], charter: CharterProposal) => textOf(charter, block, language);
  return (['TITLE', 'PREAMBLE', ...COMMITMENTS] as const).flatMap((block) => {
    const [before, after] = [said(block, from), said(block, to)];
    return before === null && after === null ? [] : [blockOf(block, before, after, language)];
  });
}

function blockOf(
  block: Block['block'],
  before: string | null,
  after: string | null,
  language: Language,
): Block {
  if (before === null || after === null) {
    const change = before === null ? 'ADDED' : 'REMOVED';
    return { block, change, parts: [{ kind: change, text: (after ?? before)! }] };
  }
  if (before === after) return { block, change: 'SAME', parts: [{ kind: 'SAME', text: after }] };
  const intlSegmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const parts = diffWords(before, after, { intlSegmenter }).map(({ added, removed, value }) => ({
    kind: added ? ('ADDED' as const) : removed ? ('REMOVED' as const) : ('SAME' as const),
    text: value,
  }));
  return { block, change: 'CHANGED', parts };
}

function textOf(
  { texts, commitments }: CharterProposal,
  block: Block['block'],
  language: Language,
): string | null {
  if (block === 'TITLE') return texts[language].title;
  if (block === 'PREAMBLE') return texts[language].preamble;
  const found = commitments.find(({ code }) => code === block)?.texts[language];
  return found ? `${found.value}: ${found.commitment}` : null;
}
