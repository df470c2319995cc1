import { Trans } from '@lingui/react/macro';
import type { VatDecisionView } from '@wire/vat/vat.schema.js';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { Figures } from '../../components/figures';
import { countryName } from '../../i18n/names';
import { Drawer } from './parts/drawer';

export type Why = {
  readonly title: ReactNode;
  readonly decision: z.infer<typeof VatDecisionView>;
  readonly inputs: unknown;
};

/** Which rule decided, on which provision, and from which facts: as it was stored beside the document. */
export function VatWhy({ why, onClose }: { why: Why; onClose: () => void }) {
  const { decision, title } = why;
  const facts = factsOf(why.inputs);
  return (
    <Drawer title={title} onClose={onClose}>
      <p>
        {decision.category === 'S' ? (
          <Trans>
            VAT of {countryName(decision.country)}, <Figures>{percent(decision.rateBps)}</Figures>.
          </Trans>
        ) : decision.category === 'AE' ? (
          <Trans>No VAT is charged: the customer in {countryName(decision.country)} accounts for it.</Trans>
        ) : decision.category === 'E' ? (
          <Trans>Exempt in {countryName(decision.country)}.</Trans>
        ) : (
          <Trans>Outside the scope of VAT, or none is due yet.</Trans>
        )}
      </p>
      <h3>
        <Trans>What decided</Trans>
      </h3>
      <ol className="vat-rules">
        {decision.why.map(({ rule, ref }) => (
          <li key={rule}>
            <bdi dir="ltr" className="net-code">
              {rule}
            </bdi>
            <bdi>{ref}</bdi>
          </li>
        ))}
      </ol>
      {facts.length > 0 && (
        <>
          <h3>
            <Trans>From these facts</Trans>
          </h3>
          <dl className="vat-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>
                  <bdi dir="ltr" className="net-code">
                    {name}
                  </bdi>
                </dt>
                <dd>
                  <bdi dir="ltr">{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Drawer>
  );
}

const BPS_PER_PERCENT = 100;

export function percent(bps: number): string {
  return `${bps / BPS_PER_PERCENT} %`;
}

/** "supplier.country": "FR", in the words they are stored in. */
function factsOf(inputs: unknown, path = ''): [string, string][] {
  if (inputs === null || inputs === undefined) return [];
  if (typeof inputs === 'string') return [[path, inputs]];
  if (typeof inputs !== 'object') return [[path, JSON.stringify(inputs)]];
  return Object.entries(inputs).flatMap(([key, value]) => factsOf(value, path ? `${path}.${key}` : key));
}
