import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SessionView } from '@wire/identity/session.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { ImpactPeriodView, type ImpactPeriodHead } from '@wire/observatory/report.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { queries } from '../../app/queries';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { impactKey } from './api';
import { STATE_NAMES } from './names';

type Grant = SessionView['grants'][number];
const ROLES = ['researcher', 'public_sponsor', 'facilitator', 'network_admin'];
const again = () => queries.invalidateQueries({ queryKey: impactKey });

/** For those who observe a network: open a quarter, take it step by step, publish it, correct it. */
export function ImpactWork({
  session,
  periods,
}: {
  session: SessionView;
  periods: readonly ImpactPeriodHead[];
}) {
  const grants = session.grants.filter(
    ({ role, organisationKind }) => ROLES.includes(role) && organisationKind !== 'operator',
  );
  const networks = new Set(grants.flatMap(({ networkIds }) => networkIds));
  const inWork = periods.filter(
    ({ publicationRef, network }) => publicationRef === null && networks.has(network.id),
  );
  const [grant] = grants;
  if (!grant) return null;
  return (
    <section className="impact-work">
      <h2>
        <Trans>In work</Trans>
      </h2>
      {inWork.map((period) => (
        <InWork key={period.id} period={period} />
      ))}
      <Open grant={grant} periods={periods} />
    </section>
  );
}

const NEXT = {
  COLLECTING: 'freezing',
  FROZEN: 'computation',
  COMPUTED: 'disclosure-check',
  DISCLOSURE_CHECKED: 'review',
  REVIEWED: 'publication',
} as const;
type Working = keyof typeof NEXT;

function InWork({ period }: { period: ImpactPeriodHead }) {
  const { i18n } = useLingui();
  const state = period.state as Working;
  const step = useMutation({
    mutationFn: (body?: object) =>
      call(`/v1/impact-periods/${period.id}/${NEXT[state]}`, {
        method: 'PUT',
        body,
        returns: ImpactPeriodView,
      }),
    onSettled: again,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    step.mutate(
      state === 'DISCLOSURE_CHECKED'
        ? { note: formText(form, 'note'), limits: formText(form, 'limits') }
        : undefined,
    );
  };
  return (
    <form className="impact-step" onSubmit={submit}>
      <p>
        <strong>
          <Figures>{period.quarter}</Figures> {period.network.name}
        </strong>{' '}
        <span className="impact-state">{i18n._(STATE_NAMES[state]!)}</span>
      </p>
      {period.snapshotHash && (
        <p className="impact-hash">
          <code dir="ltr">{period.snapshotHash}</code>
        </p>
      )}
      {state === 'DISCLOSURE_CHECKED' && (
        <>
          <label>
            <Trans>What the figures show</Trans>
            <textarea name="note" className="control" required maxLength={2000} rows={3} />
          </label>
          <label>
            <Trans>What they cannot say</Trans>
            <textarea name="limits" className="control" required maxLength={2000} rows={3} />
          </label>
        </>
      )}
      {step.error && (
        <p className="form-fault" role="alert">
          {problemText(step.error)}
        </p>
      )}
      <Button type="submit" color="tomette" loading={step.isPending}>
        <NextName state={state} />
      </Button>
    </form>
  );
}

function NextName({ state }: { state: Working }) {
  if (state === 'COLLECTING') return <Trans>Freeze the data</Trans>;
  if (state === 'FROZEN') return <Trans>Compute</Trans>;
  if (state === 'COMPUTED') return <Trans>Check for disclosure</Trans>;
  if (state === 'DISCLOSURE_CHECKED') return <Trans>Write the review</Trans>;
  return <Trans>Publish</Trans>;
}

/** The last four quarters that are over, without those that are there. */
function quarters(periods: readonly ImpactPeriodHead[], networkId: string): string[] {
  const today = Temporal.Now.plainDateISO();
  const there = new Set(
    periods.filter(({ network }) => network.id === networkId).map(({ quarter }) => quarter),
  );
  return [1, 2, 3, 4]
    .map((back) => today.subtract({ months: 3 * back }))
    .map(({ year, month }) => `${year}-Q${Math.ceil(month / 3)}`)
    .filter((quarter) => !there.has(quarter));
}

function Open({ grant, periods }: { grant: Grant; periods: readonly ImpactPeriodHead[] }) {
  const [networkId = ''] = grant.networkIds;
  const open = useMutation({
    mutationFn: (asked: { quarter: string; correctsId: string | null }) =>
      call(`/v1/impact-periods/${newId()}`, {
        method: 'PUT',
        body: { networkId, publisherId: grant.organisationId, ...asked },
        returns: ImpactPeriodView,
      }),
    onSettled: again,
  });
  const free = quarters(periods, networkId);
  const published = periods.filter(({ state, network }) => state === 'PUBLISHED' && network.id === networkId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = formText(new FormData(event.currentTarget), 'quarter');
    const corrected = published.find(({ id }) => id === chosen);
    open.mutate(
      corrected
        ? { quarter: corrected.quarter, correctsId: corrected.id }
        : { quarter: chosen, correctsId: null },
    );
  };
  return (
    <form className="impact-picker" onSubmit={submit}>
      <label>
        <Trans>Begin a quarter</Trans>
        <select name="quarter" className="control" required>
          {free.map((quarter) => (
            <option key={quarter} value={quarter}>
              {quarter}
            </option>
          ))}
          {published.map((period) => (
            <CorrectOption key={period.id} period={period} />
          ))}
        </select>
      </label>
      <Button type="submit" variant="default" loading={open.isPending}>
        <Trans>Begin</Trans>
      </Button>
      {open.error && (
        <p className="form-fault" role="alert">
          {problemText(open.error)}
        </p>
      )}
    </form>
  );
}

function CorrectOption({ period }: { period: ImpactPeriodHead }) {
  const { t } = useLingui();
  const { quarter } = period;
  return <option value={period.id}>{t`${quarter}, correction of what is published`}</option>;
}
