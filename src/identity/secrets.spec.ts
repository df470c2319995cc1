import fc from 'fast-check';
import { codeAsTyped, hashSecret, newCode, newSecret } from './secrets.js';

it('a secret carries its prefix and 256 bits that never repeat', () => {
  const secrets = Array.from({ length: 200 }, () => newSecret('esk_'));
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) expect(secret).toMatch(/^esk_[\w-]{43}$/);
});

it('a code survives being read out loud: case, spaces, hyphens, letters for digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), (at) => {
      const code = newCode();
      const typed = `${code.slice(0, at)}-${code.slice(at)} `.toLowerCase();
      expect(codeAsTyped(typed.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

it('a hash is stored, from which the secret does not come back', () => {
  const secret = newSecret();
  expect(hashSecret(secret)).toHaveLength(32);
  expect(hashSecret(secret).toString('base64url')).not.toContain(secret.slice(0, 8));
});
