const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_FETCH_SITES = new Set(['same-origin', 'none']);

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Is this a write that another site makes a browser send? Browsers tell by Sec-Fetch-Site, older ones by
 * Origin; programs send neither and carry no cookie that they were not given on purpose.
 */
export function isForeign(method: string, headers: Headers): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !OWN_FETCH_SITES.has(String(site));
  const { origin } = headers;
  return origin !== undefined && hostOf(String(origin)) !== headers['host'];
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
