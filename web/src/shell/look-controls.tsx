import { useLingui } from '@lingui/react/macro';
import { Moon, Sun, Translate } from '@phosphor-icons/react';
import { setLanguage, setScheme, useScheme } from '../app/look';
import { activate, currentLocale, LOCALES, type Locale } from '../i18n/activate';
import { OWN_NAMES } from '../i18n/own-names';

export function LanguageSelect() {
  const { t } = useLingui();
  const change = (locale: Locale) => {
    setLanguage(locale);
    void activate(locale);
  };
  return (
    <label className="look-language">
      <Translate size={20} aria-hidden="true" />
      <select
        aria-label={t`Language`}
        value={currentLocale()}
        onChange={({ currentTarget }) => change(currentTarget.value as Locale)}
      >
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {OWN_NAMES[locale]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function SchemeButton() {
  const { t } = useLingui();
  const scheme = useScheme();
  const isDark = scheme === 'dark';
  const label = isDark ? t`Use light colours` : t`Use dark colours`;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => setScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <Sun size={20} aria-hidden="true" /> : <Moon size={20} aria-hidden="true" />}
    </button>
  );
}
