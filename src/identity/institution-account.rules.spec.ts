import fc from 'fast-check';
import { givenName, givenRole, vouchedEmail } from './institution-account.rules.js';

const DOMAINS = ['ville.example', 'metropole.example'];

it.each([
  [
    'checked and of its own domain',
    { email: 'Ana@Ville.example', email_verified: true },
    'ana@ville.example',
  ],
  ['not checked', { email: 'ana@ville.example', email_verified: false }, null],
  ['checked in other words', { email: 'ana@ville.example', email_verified: 'true' }, null],
  ['silent about it', { email: 'ana@ville.example' }, null],
  ['of somebody else’s domain', { email: 'ana@other.example', email_verified: true }, null],
  ['of a domain below its own', { email: 'ana@x.ville.example', email_verified: true }, null],
  ['of two domains', { email: 'ana@other.example@ville.example', email_verified: true }, null],
  ['none', { email_verified: true }, null],
])('an address that is %s gives %#', (_what, claims, address) => {
  expect(vouchedEmail(claims, DOMAINS)).toBe(address);
});

it('an address that an institution vouches for ends with a domain of its own, whatever the claims are', () => {
  const said = fc.record({
    email: fc.oneof(fc.emailAddress(), fc.string(), fc.constant(null)),
    email_verified: fc.oneof(fc.boolean(), fc.string()),
  });
  fc.assert(
    fc.property(said, (claims) => {
      const email = vouchedEmail(claims, DOMAINS);
      if (email !== null) expect(DOMAINS.some((domain) => email.endsWith(`@${domain}`))).toBe(true);
    }),
  );
});

it('the first line of the mapping that fits gives the role, else the one for everybody', () => {
  const mapping = [
    { claim: 'groups', value: 'mobility', role: 'public_sponsor' as const },
    { claim: 'unit', value: 'research', role: 'researcher' as const },
  ];
  const rules = { role: 'nomad' as const, mapping };
  expect(givenRole({ groups: ['all', 'mobility'], unit: 'research' }, rules)).toBe('public_sponsor');
  expect(givenRole({ unit: 'research' }, rules)).toBe('researcher');
  expect(givenRole({ groups: 'mobility-guests', unit: ['x'] }, rules)).toBe('nomad');
});

it('a name is of one line and never empty', () => {
  fc.assert(
    fc.property(fc.anything(), (name) => {
      expect(givenName({ name }, 'ana@ville.example')).toMatch(/^\P{Cc}{1,100}$/u);
    }),
  );
});
