import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ImpactPeriodHead, Report } from '@wire/observatory/report.schema.js';
import { lazy, Suspense } from 'react';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { periodQuery, periodsQuery } from './api';
import { Charts } from './charts';
import { FigureTables } from './figure-tables';
import { FlowMap } from './flow-map';
import { Method } from './method';
import './impact.css';

const Work = lazy(async () => ({ default: (await import('./work')).ImpactWork }));
const OBSERVERS = ['researcher', 'public_sponsor', 'facilitator', 'network_admin', 'platform_admin'];

/** What visits come to for territories: published quarters for everybody, the work on them for those who do it. */
export function ImpactPage() {
  const { t } = useLingui();
  useTitle(t`Impact`);
  const { data: session } = useSession();
  const { data, error } = useQuery(periodsQuery);
  const { period: wanted } = useSearch({ from: '/page/impact' });
  const observes = session?.grants.some(({ role }) => OBSERVERS.includes(role)) ?? false;
  const published = data?.items.filter(({ publicationRef }) => publicationRef !== null) ?? [];
  const chosen = published.find(({ id }) => id === wanted) ?? published[0];
  return (
    <section className="impact">
      <h1>
        <Trans>What coworking between territories changes</Trans>
      </h1>
      <p className="impact-lead">
        <Trans>
          Every figure says how it is made, how many it rests on and what is missing. Nothing tells of single
          people.
        </Trans>
      </p>
      {error && (
        <p className="form-fault" role="alert">
          {problemText(error)}
        </p>
      )}
      {observes && session && (
        <Suspense fallback={null}>
          <Work session={session} periods={data?.items ?? []} />
        </Suspense>
      )}
      {data && !chosen && (
        <p className="impact-empty">
          <Trans>No quarter is published yet. The first one comes after its last visits are sealed.</Trans>
        </p>
      )}
      {chosen && <Published head={chosen} all={published} />}
    </section>
  );
}

function Published({ head, all }: { head: ImpactPeriodHead; all: readonly ImpactPeriodHead[] }) {
  const { territory } = useSearch({ from: '/page/impact' });
  const { data } = useQuery(periodQuery(head.id, territory));
  // The choice of territories is that of the whole report.
  const { data: whole } = useQuery(periodQuery(head.id, undefined));
  const report = data?.report;
  return (
    <>
      <Picker head={head} all={all} codes={whole?.report?.territories.map(({ code }) => code) ?? []} />
      <Cite head={head} />
      {report && (
        <>
          <FlowMap report={report} />
          <FigureTables report={report} />
          <Charts report={report} id={head.id} />
        </>
      )}
      <Method head={head} />
    </>
  );
}

const NUTS2_LENGTH = 4;
/** NUTS 2 regions of NUTS 3 codes; what lies outside NUTS as it is. */
const regionsOf = (codes: Report['territories'][number]['code'][]) =>
  [...new Set(codes.map((code) => (code.includes('-') ? code : code.slice(0, NUTS2_LENGTH))))].toSorted();

function Picker({
  head,
  all,
  codes,
}: {
  head: ImpactPeriodHead;
  all: readonly ImpactPeriodHead[];
  codes: string[];
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { territory } = useSearch({ from: '/page/impact' });
  const go = (search: { period?: string; territory?: string }) =>
    navigate({ to: '/impact', search, replace: true, resetScroll: false });
  return (
    <div className="impact-picker">
      <label>
        <Trans>Quarter</Trans>
        <select
          className="control"
          value={head.id}
          onChange={(event) => void go({ period: event.target.value, ...(territory && { territory }) })}
        >
          {all.map((period) => (
            <option key={period.id} value={period.id}>
              {`${period.quarter} · ${period.network.name}${period.version > 1 || period.state === 'CORRECTED' ? ` · v${period.version}` : ''}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <Trans>Territory</Trans>
        <select
          className="control"
          value={territory ?? ''}
          onChange={(event) =>
            void go({ period: head.id, ...(event.target.value && { territory: event.target.value }) })
          }
        >
          <option value="">{t`all territories`}</option>
          {regionsOf(codes).map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Cite({ head }: { head: ImpactPeriodHead }) {
  return (
    <>
      <p className="impact-cite">
        <code dir="ltr">{head.publicationRef}</code>
        {' · '}
        {head.publisher.name}
        {' · '}
        <Figures>{head.publishedAt?.slice(0, 10)}</Figures>
      </p>
      {head.state === 'CORRECTED' && (
        <p className="impact-warn" role="note">
          <Trans>There is a newer version of this quarter. This one is kept as it was.</Trans>
        </p>
      )}
    </>
  );
}
