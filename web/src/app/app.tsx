import { DirectionProvider, MantineProvider } from '@mantine/core';
import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType } from 'react';
import { cssVariables } from '../brand/css-variables';
import { theme } from '../brand/theme';
import { currentDirection } from '../i18n/activate';
import { useScheme } from './look';
import { persistence, queries } from './queries';
import { router } from './router';

/** Mantine writes two style tags at run time; the server puts a fresh nonce into each page. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

export function App() {
  const scheme = useScheme();
  return (
    <MantineProvider
      getStyleNonce={styleNonce}
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme={scheme}
      forceColorScheme={scheme}
    >
      <I18nProvider i18n={i18n}>
        <PersistQueryClientProvider client={queries} persistOptions={persistence}>
          <Screens />
        </PersistQueryClientProvider>
      </I18nProvider>
    </MantineProvider>
  );
}

/** A new language is a new page: texts, direction, calendars and figures change together. */
function Screens() {
  const { i18n: active } = useLingui();
  return (
    <DirectionProvider key={active.locale} initialDirection={currentDirection()} detectDirection={false}>
      <Suspense fallback={null}>
        <Guards />
      </Suspense>
      <RouterProvider router={router} />
    </DirectionProvider>
  );
}

/** The question who it is, and the banner over somebody else's view. A page without a network does without them. */
const Guards = lazy<ComponentType>(() =>
  import('../pages/security/guards').then(
    ({ Guards: Loaded }) => ({ default: Loaded }),
    () => ({ default: () => null }),
  ),
);
