import fc from 'fast-check';
import { statusBits } from './status-list.js';

const SIZE = 200;
const isSet = (bits: Uint8Array, index: number) => ((bits[index >> 3]! >> (index & 7)) & 1) === 1;
const anyIndexes = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }));

it('says of every index whether it is revoked, and nothing else', () => {
  fc.assert(
    fc.property(anyIndexes, (revoked) => {
      const bits = statusBits(SIZE, revoked);
      const said = Array.from({ length: SIZE }, (_, index) => index).filter((index) => isSet(bits, index));
      expect(said).toEqual(revoked.toSorted((a, b) => a - b));
    }),
  );
});

it('puts index 0 into the lowest bit of the first byte', () => {
  expect([...statusBits(16, [0, 9])]).toEqual([0b0000_0001, 0b0000_0010]);
});
