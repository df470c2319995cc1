/**
 * Proves the code that is read out.
 * Promise: it is good for one door and a minute or so, and a door's key makes none for another door.
 */
import fc from 'fast-check';
import { importTypedKey, isTypedCode, provenAt, readTypedCode, showTyped, spaceKey } from './typed-code.js';

const NOW = 1_796_000_010;
const [HERE, ELSEWHERE] = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(9, 9, 9, 9)];
const credentialId = new Uint8Array(16).fill(7);
const shared = importTypedKey(new Uint8Array(32).fill(5));

const show = async (now: number, spaceTag = HERE) => showTyped(await shared, { credentialId, now, spaceTag });
const doorKey = async (spaceTag = HERE) => spaceKey(await shared, spaceTag);

describe('a code that is read out', () => {
  it.each([-30, 0, 30, 60, 80])('is proven %s seconds after it was shown', async (seconds) => {
    const { proof } = readTypedCode(await show(NOW));
    expect(await provenAt(await doorKey(), proof, NOW + seconds)).toBe(NOW - (NOW % 30));
  });

  it.each([-60, 120, 86_400])('is not, %s seconds after', async (seconds) => {
    const { proof } = readTypedCode(await show(NOW));
    expect(await provenAt(await doorKey(), proof, NOW + seconds)).toBeNull();
  });

  it('is not proven at another door', async () => {
    const { proof } = readTypedCode(await show(NOW, ELSEWHERE));
    expect(await provenAt(await doorKey(), proof, NOW)).toBeNull();
  });

  it('is read however it is typed', async () => {
    const shown = await show(NOW);
    const { handle, proof } = readTypedCode(shown);
    for (const text of [shown, ` ${shown.toLowerCase()} `, handle + proof, `${handle}-${proof}`]) {
      expect(isTypedCode(text)).toBe(true);
      expect(readTypedCode(text)).toEqual({ handle, proof });
    }
  });

  it('is never mistaken for a pass code, nor a pass code for it', () => {
    fc.assert(fc.property(fc.string(), (rest) => !isTypedCode(`ESC1:${rest}`)));
  });
});
