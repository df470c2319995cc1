import { DirectionProvider, MantineProvider } from '@mantine/core';
import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { answerProof, PROOF_ASKED } from '../api/proof';
import { useSession } from '../api/session';
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
      <WhileLooking />
      <RouterProvider router={router} />
      <ProofWhenAsked />
    </DirectionProvider>
  );
}

const ProofDialog = lazy(async () => ({
  default: (await import('../pages/security/proof-dialog')).ProofDialog,
}));

const LookingBanner = lazy(async () => ({
  default: (await import('../pages/security/looking-banner')).LookingBanner,
}));

/** An operator who sees what somebody sees is told so above everything else. */
function WhileLooking() {
  const { data: session } = useSession();
  if (!session?.seenBy) return null;
  return (
    <Suspense fallback={null}>
      <LookingBanner name={session.person.name} {...session.seenBy} />
    </Suspense>
  );
}

/** Whatever page it is that needs it. */
function ProofWhenAsked() {
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    const ask = () => setAsked(true);
    addEventListener(PROOF_ASKED, ask);
    return () => removeEventListener(PROOF_ASKED, ask);
  }, []);
  if (!isAsked) return null;
  const done = (isProved: boolean) => {
    setAsked(false);
    answerProof(isProved);
  };
  return (
    <Suspense fallback={null}>
      <ProofDialog onDone={done} />
    </Suspense>
  );
}
