/** Whom an institution's word makes somebody, as pure decisions over its claims. */
import type { IdentityProviderView } from './identity-provider.schema.js';

type Role = IdentityProviderView['role'];
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The address of who came, or null when it is not theirs to say: the institution must have checked it, and it must be
 * of one of the institution's own domains.
 */
export function vouchedEmail(claims: Claims, domains: readonly string[]): string | null {
  const { email, email_verified: isVerified } = claims;
  if (typeof email !== 'string' || isVerified !== true) return null;
  const address = email.toLowerCase();
  const domain = domainOf(address);
  return domain !== null && domains.includes(domain) ? address : null;
}

/** What stands behind the only @. */
export function domainOf(email: string): string | null {
  return /^[^@\s]+@([^@\s]+)$/.exec(email)?.[1] ?? null;
}

export function givenRole(
  claims: Claims,
  { role, mapping }: Pick<IdentityProviderView, 'role' | 'mapping'>,
): Role {
  const fitting = mapping.find(({ claim, value }) => {
    const said = claims[claim];
    return Array.isArray(said) ? said.includes(value) : said === value;
  });
  return fitting?.role ?? role;
}

export function givenName(claims: Claims, email: string): string {
  const said = typeof claims['name'] === 'string' ? claims['name'].replaceAll(/\p{Cc}/gu, ' ').trim() : '';
  return said.slice(0, NAME_LENGTH_MAX) || email.slice(0, email.indexOf('@'));
}

const NAME_LENGTH_MAX = 100;
