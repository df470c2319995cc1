import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PurchaseView, RefundView } from '@wire/payments/payment.schema.js';
import { serverNowMs, call } from '../../api/call';
import { Temporal } from '@wire/kernel/time.js';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { purchaseQuery } from './api';
import { PurchaseState } from './words';

/** How a purchase went, its receipt, and what can still be done about it. */
export function PurchaseOfMine({ id }: { id: string }) {
  const { t } = useLingui();
  useTitle(t`Receipt`);
  const { data: purchase, error } = useQuery(purchaseQuery(id));
  if (!purchase) return <FormFault error={error} />;
  return (
    <section className="money">
      <h1>{purchase.name}</h1>
      <p className={`money-state money-${purchase.state.toLowerCase()}`} role="status">
        <PurchaseState state={purchase.state} />
      </p>
      <Receipt purchase={purchase} />
      <Acts purchase={purchase} />
      <p>
        <Link to="/me/money/$" params={{ _splat: '' }}>
          <Trans>All my purchases</Trans>
        </Link>
      </p>
    </section>
  );
}

function Receipt({ purchase }: { purchase: PurchaseView }) {
  const { price, discount, tax, total, paidAt, payments } = purchase;
  return (
    <dl className="money-receipt">
      <dt>
        <Trans>Price</Trans>
      </dt>
      <dd>
        <Money amount={price} />
      </dd>
      {discount.minor > 0 && (
        <>
          <dt>
            <Trans>Reduction</Trans>
          </dt>
          <dd>
            <Money amount={{ ...discount, minor: -discount.minor }} />
          </dd>
        </>
      )}
      {tax.minor > 0 && (
        <>
          <dt>
            <Trans>VAT</Trans>
          </dt>
          <dd>
            <Money amount={tax} />
          </dd>
        </>
      )}
      <dt>
        <Trans>Total</Trans>
      </dt>
      <dd>
        <strong>
          <Money amount={total} />
        </strong>
      </dd>
      {paidAt && (
        <>
          <dt>
            <Trans>Paid on</Trans>
          </dt>
          <dd>{dayText(paidAt.slice(0, 10))}</dd>
        </>
      )}
      {payments.map(
        ({ id, refunded }) =>
          refunded.minor > 0 && (
            <div key={id} className="money-back">
              <dt>
                <Trans>Given back</Trans>
              </dt>
              <dd>
                <Money amount={refunded} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Acts({ purchase }: { purchase: PurchaseView }) {
  const { id, state, checkoutUrl, withdrawUntil } = purchase;
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => call(`/v1/purchases/${id}/checkout`, { method: 'PUT', returns: PurchaseView }),
    onSuccess: (found) => (found.checkoutUrl ? location.assign(found.checkoutUrl) : refresh()),
  });
  const withdrawing = useMutation({
    mutationFn: () => call(`/v1/purchases/${id}/withdrawal`, { method: 'PUT', returns: RefundView }),
    onSuccess: () => refresh(),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['mine'] });
  const today = Temporal.Instant.fromEpochMilliseconds(serverNowMs()).toString().slice(0, 10);
  const mayWithdraw = state === 'PAID' && withdrawUntil !== null && today <= withdrawUntil;
  return (
    <div className="money-acts">
      <FormFault error={again.error ?? withdrawing.error} />
      {checkoutUrl && (
        <a className="pill pill-strong" href={checkoutUrl}>
          <Trans>Go on to pay</Trans>
        </a>
      )}
      {(state === 'FAILED' || state === 'EXPIRED') && (
        <button className="pill pill-strong" disabled={again.isPending} onClick={() => again.mutate()}>
          <Trans>Try again</Trans>
        </button>
      )}
      {state === 'PAID' && purchase.passId && (
        <Link to="/me/pass" className="pill pill-strong">
          <Trans>Show my pass</Trans>
        </Link>
      )}
      {mayWithdraw && (
        <details>
          <summary>
            <Trans>Give it back</Trans>
          </summary>
          <p>
            <Trans>
              Until {dayText(withdrawUntil)} you can withdraw. What you did not use is paid back, and the pass
              opens no door any more.
            </Trans>
          </p>
          <button className="pill" disabled={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
            <Trans>Withdraw from the purchase</Trans>
          </button>
        </details>
      )}
    </div>
  );
}
