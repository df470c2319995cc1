import fc from 'fast-check';
import { LABELS, TAUGHT, TYPOLOGIES } from './taxonomy.data.js';
import { inTypology, labelsOf, wordsOf } from './taxonomy.rules.js';

it('a place has as many labels as its source has words for', () => {
  expect(labelsOf('EPN, Médiathèque, Mairie')).toEqual(['digital_help', 'library', 'town_hall']);
  expect(labelsOf('EPN / PDN')).toEqual(['digital_help']);
  expect(labelsOf('Tiers lieux à dominante fablab')).toEqual(['fablab']);
  expect(labelsOf(null)).toEqual([]);
});

it('a word that nobody taught is kept with no label, even one that every object knows', () => {
  expect(wordsOf('Club Info, constructor')).toEqual([
    { word: 'Club Info', label: null },
    { word: 'constructor', label: null },
  ]);
});

it('no label gets lost on its way into another typology', () => {
  fc.assert(
    fc.property(fc.subarray([...LABELS]), fc.constantFrom(...TYPOLOGIES), (labels, typology) => {
      const words = inTypology(labels, typology);
      const unmapped = words.filter((word) => word.startsWith('unmapped:'));
      expect(unmapped.every((word) => labels.some((label) => word === `unmapped:${label}`))).toBe(true);
      expect(words.length > 0).toBe(labels.length > 0);
    }),
  );
});

it('what was taught is read in any letter case', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TAUGHT)), (word) => {
      expect(labelsOf(word.toUpperCase())).toEqual([TAUGHT[word]]);
    }),
  );
});
