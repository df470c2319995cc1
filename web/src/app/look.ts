import { useSyncExternalStore } from 'react';

/** What before-paint.js has set on <html> before the first paint, remembered for a year in a cookie. */
export type Scheme = 'light' | 'dark';

const YEAR_SECONDS = 31_536_000;
const root = document.documentElement;
const SCHEME = 'data-mantine-color-scheme';
const listeners = new Set<() => void>();

function remember(name: 'lang' | 'scheme', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

const scheme = (): Scheme => (root.getAttribute(SCHEME) === 'dark' ? 'dark' : 'light');

export function useScheme(): Scheme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, scheme);
}

export function setScheme(next: Scheme): void {
  remember('scheme', next);
  root.setAttribute(SCHEME, next);
  for (const listener of listeners) listener();
}

export function setLanguage(lang: string): void {
  remember('lang', lang);
  root.lang = lang;
  root.dir = lang === 'ar' ? 'rtl' : 'ltr';
}
