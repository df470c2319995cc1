import type { Locale } from './activate';

/** Each language in its own words: who looks for it may not read the present one. */
export const OWN_NAMES: Record<Locale, string> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  ar: 'العربية',
};
