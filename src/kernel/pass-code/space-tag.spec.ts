import { createHash } from 'node:crypto';
import { spaceTag } from './space-tag.js';

const SPACE = '01980000-0000-7000-8000-000000000101';

it('is the start of the SHA-256 of the id, however the id is written', async () => {
  const expected = createHash('sha256').update(SPACE).digest().subarray(0, 4);
  expect(Buffer.from(await spaceTag(SPACE))).toEqual(expected);
  expect(await spaceTag(SPACE.toUpperCase())).toEqual(await spaceTag(SPACE));
});

it('is never the tag that stands for any space, for a space of ours', async () => {
  expect(Buffer.from(await spaceTag(SPACE)).readUInt32BE()).not.toBe(0);
});
