/** What a source's words mean in our labels, and our labels in other typologies. Pure. */
import { LABELS, MAPPED, TAUGHT, type Label, type Typology } from './taxonomy.data.js';

/** The words of a kind such as « EPN, Médiathèque », each with the label it was taught as. */
export function wordsOf(kind: string | null): { readonly word: string; readonly label: Label | null }[] {
  if (kind === null) return [];
  const words = kind.split(/[,/]/).map((word) => word.trim());
  return words.filter((word) => word !== '').map((word) => ({ word, label: labelOf(word) }));
}

export function labelsOf(kind: string | null): Label[] {
  const found = new Set(wordsOf(kind).map(({ label }) => label));
  return LABELS.filter((label) => found.has(label));
}

/** Each label as the typology calls it; what it has no word for stands there as `unmapped:` and the label. */
export function inTypology(labels: readonly Label[], typology: Typology): string[] {
  return [...new Set(labels.map((label) => MAPPED[label][typology] ?? `unmapped:${label}`))];
}

function labelOf(word: string): Label | null {
  const key = word.toLowerCase();
  return Object.hasOwn(TAUGHT, key) ? TAUGHT[key]! : null;
}
