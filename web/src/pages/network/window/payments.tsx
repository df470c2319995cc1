import { Trans, useLingui } from '@lingui/react/macro';
import type { PaymentPage, WindowView } from '@wire/settlement/window.schema.js';
import type { CSSProperties } from 'react';
import { Figures } from '../../../components/figures';
import { useAddress } from '../here';
import { Amount } from '../parts/net';
import { WideTable } from '../parts/table';

/** The net proposal: who pays whom, why this amount, and what the netting saves. */
export function Payments({ window, payments }: { window: WindowView; payments: PaymentPage['items'] }) {
  const { t } = useLingui();
  const [, setAddress] = useAddress();
  return (
    <section>
      <h2>
        <Trans>Net proposal</Trans>
      </h2>
      {window.totals
        .filter(({ unit }) => unit !== 'HALF_DAY')
        .map((total) => (
          <BeforeAfter key={total.unit} {...total} />
        ))}
      {payments.length === 0 ? (
        <p className="net-empty">
          <Trans>Nothing is left to pay.</Trans>
        </p>
      ) : (
        <WideTable label={t`Payments`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>from</Trans>
              </th>
              <th scope="col">
                <Trans>to</Trans>
              </th>
              <th scope="col" className="es-amount-column">
                <Trans>Amount</Trans>
              </th>
              <th scope="col">
                <Trans>State</Trans>
              </th>
              <th scope="col" className="no-print" />
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <tr key={payment.id}>
                <th scope="row">{payment.from.name}</th>
                <td>{payment.to.name}</td>
                <td className="es-amount-column">
                  <Amount {...payment.amount} />
                </td>
                <td>
                  <PaymentState payment={payment} />
                </td>
                <td className="no-print">
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => setAddress({ why: payment.id }, { isNewPlace: true })}
                  >
                    <Trans>Why this amount</Trans>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  );
}

function PaymentState({
  payment: { kind, executedAt, failedAt },
}: {
  payment: PaymentPage['items'][number];
}) {
  return (
    <>
      {executedAt ? (
        <span className="state-mark state-settled">
          <Trans>made</Trans>
        </span>
      ) : failedAt ? (
        <span className="state-mark state-failed">
          <Trans>failed, carried over</Trans>
        </span>
      ) : (
        <span className="state-mark state-open">
          <Trans>to be made</Trans>
        </span>
      )}{' '}
      <small>
        {kind === 'GROSS' && <Trans>paid in full, never offset</Trans>}
        {kind === 'VAT' && <Trans>VAT</Trans>}
      </small>
    </>
  );
}

const PERCENT = 100;

function BeforeAfter({ unit, grossMinor, paymentsMinor, payments }: WindowView['totals'][number]) {
  const share = grossMinor === 0 ? 0 : (PERCENT * paymentsMinor) / grossMinor;
  return (
    <div className="before-after">
      <div>
        <span>
          <Trans>before</Trans>
        </span>
        <i style={{ '--part': PERCENT } as CSSProperties} />
        <Amount unit={unit} minor={grossMinor} />
      </div>
      <div>
        <span>
          <Trans>after</Trans>
        </span>
        <i style={{ '--part': share } as CSSProperties} />
        <span>
          <Amount unit={unit} minor={paymentsMinor} />{' '}
          <small>
            <Trans>
              in <Figures>{payments}</Figures> payments
            </Trans>
          </small>
        </span>
      </div>
    </div>
  );
}
