import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ProgrammeReportView, ProgrammeStep, ProgrammeView } from '@wire/programmes/programme.schema.js';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { Money } from '../../components/money';
import { intlTag } from '../../i18n/activate';
import { useTitle } from '../../shell/title';
import { WideTable } from '../network/parts/table';
import { ProgrammeView as View, programmeQuery, reportQuery, usePut } from './api';
import { BudgetBar } from './budget-bar';
import { AgentDays, Invoices, Queue } from './programme-parts';
import { percent, StateWord } from './words';

export function SponsorProgrammePage({ id }: { id: string }) {
  const { data: programme, error } = useQuery(programmeQuery(id));
  const { data: report } = useQuery(reportQuery(id));
  useTitle(programme?.name ?? '');
  if (error)
    return (
      <p className="form-fault" role="alert">
        {problemText(error)}
      </p>
    );
  if (!programme) return null;
  return (
    <>
      <header className="sponsor-head">
        <h1>{programme.name}</h1>
        <StateWord state={programme.state} />
      </header>
      <p className="sponsor-purpose">{programme.purpose}</p>
      <Steps programme={programme} />
      {report && <BudgetBar budget={report.budget} />}
      <Queue programmeId={id} />
      {report && <Spread report={report} />}
      <AgentDays programmeId={id} />
      <Invoices programmeId={id} />
    </>
  );
}

const NEXT: Partial<Record<ProgrammeView['state'], ProgrammeStep>> = {
  APPROVED: 'open',
  OPEN: 'pause',
  PAUSED: 'open',
  EXHAUSTED: 'close',
  EXPIRED: 'close',
  CLOSING: 'report',
  REPORTED: 'archive',
};

function Steps({ programme: { id, state } }: { programme: ProgrammeView }) {
  const put = usePut(View);
  const step = NEXT[state];
  if (!step) return null;
  return (
    <>
      <Button
        variant="default"
        loading={put.isPending}
        onClick={() => put.mutate({ path: `/v1/programmes/${id}/step`, body: { step } })}
      >
        <StepWord step={step} />
      </Button>
      {put.error && (
        <p className="form-fault" role="alert">
          {problemText(put.error)}
        </p>
      )}
    </>
  );
}

function StepWord({ step }: { step: ProgrammeStep }) {
  switch (step) {
    case 'open':
      return <Trans>Open the programme</Trans>;
    case 'pause':
      return <Trans>Pause the programme</Trans>;
    case 'close':
      return <Trans>Start closing</Trans>;
    case 'report':
      return <Trans>Publish the report</Trans>;
    case 'archive':
      return <Trans>Archive</Trans>;
  }
}

function Spread({ report }: { report: ProgrammeReportView }) {
  const { t } = useLingui();
  const { places, concentration, ruralShare, publicHostShare, uptake, floors } = report;
  const tag = intlTag();
  return (
    <section>
      <h2>
        <Trans>Where the days went</Trans>
      </h2>
      <dl className="sponsor-figures">
        <Figure name={<Trans>Used of what was voted</Trans>} value={percent(uptake, tag)} />
        <Figure name={<Trans>Concentration</Trans>} value={percent(concentration, tag)} />
        <Figure name={<Trans>In the country</Trans>} value={percent(ruralShare, tag)} />
        <Figure name={<Trans>In public buildings</Trans>} value={percent(publicHostShare, tag)} />
      </dl>
      <WideTable label={t`Days by place`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Place</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Days</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Amount</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ id, name, places: count, halfDays, amount }) => (
            <tr key={id ?? 'merged'}>
              <th scope="row">
                {id ? name : <Plural value={count} one="# other place" other="# other places" />}
              </th>
              <td className="es-amount-column">
                <Figures>{halfDays / 2}</Figures>
              </td>
              <td className="es-amount-column">
                <Money amount={amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="sponsor-note">
        <Trans>Places with fewer than five persons are one line, so that nobody can be told apart.</Trans>
      </p>
      {floors.map(({ id, name, floorDays, isReached }) => (
        <p key={id} className={isReached ? 'sponsor-note' : 'net-warn'}>
          {isReached ? (
            <Trans>
              {name} has had the {floorDays} days it was promised.
            </Trans>
          ) : (
            <Trans>
              {name} is promised {floorDays} days and has not had them yet.
            </Trans>
          )}
        </p>
      ))}
    </section>
  );
}

function Figure({ name, value }: { name: React.ReactNode; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figures>{value}</Figures>
      </dd>
    </div>
  );
}
