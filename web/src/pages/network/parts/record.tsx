import { Plural, Trans } from '@lingui/react/macro';
import { SealCheck, SealWarning } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { agreementQuery, recordQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { daysNumber } from '../../../i18n/names';
import { NetLink, useHere } from '../here';
import { evidenceText, modeText } from '../words';
import { Amount, longDay } from './net';
import { Moment } from '../../../components/moment';
import { Fault } from './act';

/** Where a line comes from, all in one sight: the visit, the scan at the door, the clause, the rate. */
export function RecordOrigin({ recordId, agreementId }: { recordId: string; agreementId: string }) {
  const record = useQuery(recordQuery(recordId));
  if (record.error) return <Fault error={record.error} />;
  if (!record.data) return <div className="origin-wait" aria-hidden="true" />;
  const { day, halfDays, rate, amount, scan, hash, intact, sealedAt, agreementVersionId, mode } = record.data;
  return (
    <div className="origin">
      <section>
        <h3>
          <Trans>Visit</Trans>
        </h3>
        <dl>
          <Fact name={<Trans>Day</Trans>}>{longDay(day)}</Fact>
          <Fact name={<Trans>Stayed</Trans>}>
            <DaysOf halfDays={halfDays} />
          </Fact>
          <Fact name={<Trans>Sealed</Trans>}>
            <Moment at={sealedAt} />
          </Fact>
        </dl>
      </section>
      <section>
        <h3>
          <Trans>Scan</Trans>
        </h3>
        <dl>
          <Fact name={<Trans>At the door</Trans>}>
            <Moment at={scan.decidedAt} />
          </Fact>
          <Fact name={<Trans>Evidence</Trans>}>{evidenceText(scan.evidence)}</Fact>
          <Fact name={<Trans>Fingerprint of the code</Trans>}>
            <Code text={scan.codeHash} />
          </Fact>
        </dl>
      </section>
      <Clause agreementId={agreementId} versionId={agreementVersionId} mode={modeText(mode)} />
      <section>
        <h3>
          <Trans>Rate</Trans>
        </h3>
        <p className="origin-sum">
          <Figures>{halfDays}</Figures> × <Amount {...rate} /> ={' '}
          <strong>
            <Amount {...amount} />
          </strong>
        </p>
        <p className="field-hint">
          <Trans>Half-days times the rate of a half-day, as agreed when the visit began.</Trans>
        </p>
      </section>
      <p className={intact ? 'seal' : 'seal seal-broken'}>
        {intact ? <SealCheck size={20} aria-hidden="true" /> : <SealWarning size={20} aria-hidden="true" />}
        {intact ? (
          <Trans>The record is as it was sealed.</Trans>
        ) : (
          <Trans>The record was changed after it was sealed.</Trans>
        )}{' '}
        <Code text={hash} />
      </p>
    </div>
  );
}

function Clause({ agreementId, versionId, mode }: { agreementId: string; versionId: string; mode: string }) {
  const { mayRead } = useHere();
  const { data } = useQuery(agreementQuery(agreementId));
  const version = data?.versions.find(({ id }) => id === versionId);
  if (!data || !version) return null;
  return (
    <section>
      <h3>
        <Trans>Clause</Trans>
      </h3>
      <dl>
        <Fact name={<Trans>Agreement</Trans>}>
          {mayRead ? <NetLink to={`agreements/${agreementId}`}>{data.name}</NetLink> : data.name}
        </Fact>
        <Fact name={<Trans>Version</Trans>}>
          <Trans>
            {String(version.number)}, from {longDay(version.validFrom)}, {mode}
          </Trans>
        </Fact>
        <Fact name={<Trans>Free days of a visitor</Trans>}>
          <Figures>{daysNumber(version.freeHalfDays)}</Figures>
        </Fact>
      </dl>
    </section>
  );
}

export function DaysOf({ halfDays }: { halfDays: number }) {
  return (
    <Figures>
      <Plural value={halfDays / 2} one="# day" other="# days" />
    </Figures>
  );
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const CODE_LENGTH = 12;

function Code({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="net-code" title={text}>
      {text.slice(0, CODE_LENGTH)}…
    </bdi>
  );
}
