import { Trans } from '@lingui/react/macro';
import { CheckCircle, XCircle } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { WindowView } from '@wire/settlement/window.schema.js';
import { proofQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { Fault } from '../parts/act';
import { Amount } from '../parts/net';
import { proofText } from '../words';

/** The proof that nothing was lost and nothing made up, in words; computed again whenever it is looked at. */
export function ProofPanel({ windowId, state }: { windowId: string; state: WindowView['state'] }) {
  const { data, error } = useQuery({ ...proofQuery(windowId), enabled: state !== 'OPEN' });
  return (
    <section className="panel proof">
      <h2>
        <Trans>Zero-sum proof</Trans>
      </h2>
      <Fault error={error} />
      {!data && !error && (
        <p role="status">
          <Trans>Computing it from the visit records…</Trans>
        </p>
      )}
      {data && (
        <>
          <p className={data.holds ? 'proof-holds' : 'proof-broken'}>
            {data.holds ? (
              <Trans>
                It holds: <Figures>{data.lines}</Figures> visits were counted once each, and everything adds
                up to zero.
              </Trans>
            ) : (
              <Trans>It does not hold yet. The sentences with a cross say where.</Trans>
            )}
          </p>
          <ul>
            {data.checks.map(({ name, holds }) => (
              <li key={name}>
                {holds ? (
                  <CheckCircle size={20} className="proof-holds" aria-hidden="true" />
                ) : (
                  <XCircle size={20} className="proof-broken" aria-hidden="true" />
                )}
                <span>
                  {proofText(name)}{' '}
                  {!holds && (
                    <strong>
                      <Trans>Not so.</Trans>
                    </strong>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {data.sums.map(({ unit, positionsMinor, linesMinor }) => (
            <p key={unit} className="control-sum">
              <Trans>
                Control sum <Amount unit={unit} minor={positionsMinor} /> over lines of{' '}
                <Amount unit={unit} minor={linesMinor} />
              </Trans>
            </p>
          ))}
          <p className="field-hint">
            <Trans>Fingerprint of all lines</Trans>{' '}
            <bdi dir="ltr" className="net-code">
              {data.linesHash}
            </bdi>
          </p>
        </>
      )}
    </section>
  );
}
