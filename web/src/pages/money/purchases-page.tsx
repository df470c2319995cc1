import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SubscriptionView } from '@wire/payments/payment.schema.js';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { purchasesQuery, subscriptionsQuery } from './api';
import { PurchaseState, SubscriptionState } from './words';

/** What I bought, what renews itself, and where to pay from. */
export function PurchasesPage() {
  const { t } = useLingui();
  useTitle(t`My purchases`);
  const { data: session } = useSession();
  const { data: purchases, error } = useQuery(purchasesQuery);
  const { data: subscriptions = [] } = useQuery(subscriptionsQuery);
  return (
    <section className="money">
      <h1>
        <Trans>My purchases</Trans>
      </h1>
      <p className="money-acts">
        <Link to="/me/money/$" params={{ _splat: 'buy' }} className="pill pill-strong">
          <Trans>Buy a pass</Trans>
        </Link>
        <Link to="/me/money/$" params={{ _splat: 'methods' }} className="pill">
          <Trans>Ways to pay</Trans>
        </Link>
        <Link to="/me/money/$" params={{ _splat: 'receipts' }} className="pill">
          <Trans>Receipts</Trans>
        </Link>
        {session?.grants.some(({ role }) => OFFICE.has(role)) && (
          <Link to="/me/money/$" params={{ _splat: 'office' }} className="pill">
            <Trans>Payments that failed</Trans>
          </Link>
        )}
      </p>
      <FormFault error={error} />
      {subscriptions.map((subscription) => (
        <Standing key={subscription.id} subscription={subscription} />
      ))}
      {purchases?.length === 0 && (
        <p className="money-none">
          <Trans>You have bought nothing so far.</Trans>
        </p>
      )}
      <ul className="money-rows">
        {purchases?.map(({ id, name, total, state, createdAt }) => (
          <li key={id}>
            <Link to="/me/money/$" params={{ _splat: `purchases/${id}` }}>
              <span>{name}</span>
              <Money amount={total} />
              <small>
                {dayText(createdAt.slice(0, 10))} · <PurchaseState state={state} />
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const OFFICE = new Set(['network_admin', 'network_treasurer', 'platform_admin']);
type Act = { readonly at: 'pause' | 'cancellation'; readonly method: 'PUT' | 'DELETE' };

function Standing({ subscription }: { subscription: SubscriptionView }) {
  const { id, name, price, periodUntil, state, isEnding } = subscription;
  const queries = useQueryClient();
  const acting = useMutation({
    mutationFn: ({ at, method }: Act) =>
      call(`/v1/subscriptions/${id}/${at}`, { method, returns: SubscriptionView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: subscriptionsQuery.queryKey }),
  });
  const act = (at: Act['at'], method: Act['method']) => () => acting.mutate({ at, method });
  return (
    <article className="money-card">
      <h2>{name}</h2>
      <p className="money-facts">
        <Money amount={price} /> · <SubscriptionState state={state} isEnding={isEnding} /> ·{' '}
        <Trans>paid until {dayText(periodUntil.slice(0, 10))}</Trans>
      </p>
      <FormFault error={acting.error} />
      {state !== 'ENDED' && (
        <p className="money-acts">
          {state === 'PAUSED' ? (
            <button className="pill" disabled={acting.isPending} onClick={act('pause', 'DELETE')}>
              <Trans>Go on</Trans>
            </button>
          ) : (
            <button className="pill" disabled={acting.isPending} onClick={act('pause', 'PUT')}>
              <Trans>Pause</Trans>
            </button>
          )}
          {isEnding ? (
            <button className="pill" disabled={acting.isPending} onClick={act('cancellation', 'DELETE')}>
              <Trans>Keep it</Trans>
            </button>
          ) : (
            <button className="pill" disabled={acting.isPending} onClick={act('cancellation', 'PUT')}>
              <Trans>Cancel at the end of the period</Trans>
            </button>
          )}
        </p>
      )}
    </article>
  );
}
