import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { readConfig, type Config } from './config.js';
import { Sealing } from './sealing.js';

const sealing = (key = randomBytes(32)) =>
  new Sealing({ ...readConfig({}), MASTER_KEY: key.toString('base64url') } as Config);

describe('Sealing', () => {
  const ours = sealing();
  const secret = fc.uint8Array({ maxLength: 200 });

  it('opens what it sealed', () => {
    fc.assert(
      fc.property(secret, (plain) => expect(ours.open(ours.seal(plain))).toEqual(Buffer.from(plain))),
    );
  });

  it('refuses one flipped bit, anywhere', () => {
    fc.assert(
      fc.property(secret, fc.nat(), (plain, at) => {
        const sealed = ours.seal(plain);
        sealed[at % sealed.length]! ^= 1;
        expect(() => ours.open(sealed)).toThrow(/authenticate data|not a sealed secret/);
      }),
    );
  });

  it('opens with its own key only', () => {
    const sealed = ours.seal(Buffer.from('seed'));
    expect(() => sealing().open(sealed)).toThrow(/authenticate data|not a sealed secret/);
  });

  it('never gives the same bytes twice', () => {
    expect(ours.seal(Buffer.from('seed'))).not.toEqual(ours.seal(Buffer.from('seed')));
  });
});
