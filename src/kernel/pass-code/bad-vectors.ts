/**
 * The many ways in which a code can be wrong, each with the refusal that every implementation must give.
 * Promise: made from the same keys and moments as the other vectors, so that two runs write the same texts.
 */
import { alphabet, frames, nested, texts } from './bad-forms.js';
import { issuers, lives, moments, places, policies, proofs, repeats } from './bad-meanings.js';
import { algorithms, claims, holders, shapes } from './bad-shapes.js';
import { shown, type Vector } from './vector-parts.js';

export async function makeBadVectors(): Promise<Vector[]> {
  const all = [
    ...(await texts()),
    ...alphabet(await shown()),
    ...frames(),
    ...(await nested()),
    ...[shapes, claims, holders, algorithms].flatMap((make) => make()),
    ...[issuers, lives, proofs, moments, places, policies, repeats].flatMap((make) => make()),
  ];
  return Promise.all(
    all.map(async ([expect, name, text, door]) => ({
      name,
      text: await text,
      ...(door && { door }),
      expect,
    })),
  );
}
