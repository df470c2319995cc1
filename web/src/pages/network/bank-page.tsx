import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';

const later = (load: () => Promise<Record<string, unknown>>, name: string) =>
  lazy(async () => ({ default: (await load())[name] as () => ReactNode }));

const Lines = later(() => import('./bank/lines'), 'BankLines');
const Import = later(() => import('./bank/import'), 'BankImport');
const Batches = later(() => import('./bank/batches'), 'Batches');
const Accounts = later(() => import('./bank/accounts'), 'Accounts');

/** Money out and in: what the bank says, what goes to it, and on which accounts. */
export function BankPage() {
  const { t } = useLingui();
  useTitle(t`Bank`);
  const {
    path: [tab = 'lines'],
  } = useHere();
  const tabs = [
    ['lines', <Trans key="lines">Bank lines</Trans>],
    ['import', <Trans key="import">Import a file</Trans>],
    ['batches', <Trans key="batches">Payment batches</Trans>],
    ['accounts', <Trans key="accounts">Bank accounts</Trans>],
  ] as const;
  return (
    <>
      <h1>
        <Trans>Bank</Trans>
      </h1>
      <nav className="statement-views" aria-label={t`Bank`}>
        {tabs.map(([key, name]) => (
          <NetLink
            key={key}
            to={`bank/${key}`}
            className="pill"
            aria-current={key === tab ? 'page' : undefined}
          >
            {name}
          </NetLink>
        ))}
      </nav>
      <Suspense fallback={<div className="origin-wait" aria-hidden="true" />}>
        {tab === 'import' ? (
          <Import />
        ) : tab === 'batches' ? (
          <Batches />
        ) : tab === 'accounts' ? (
          <Accounts />
        ) : (
          <Lines />
        )}
      </Suspense>
    </>
  );
}
