import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { PaymentMethodPage, SetupView, type PaymentMethodView } from '@wire/payments/payment.schema.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { Figures } from '../../components/figures';
import { FormFault } from '../../components/say-form';
import { useTitle } from '../../shell/title';
import { methodsQuery } from './api';

/** Cards and accounts left for later: the provider keeps them, we do not. */
export function MethodsPage() {
  const { t } = useLingui();
  useTitle(t`Ways to pay`);
  const [id] = useState(() => newId());
  const { data: methods, error } = useQuery(methodsQuery);
  const leaving = useMutation({
    mutationFn: () => call(`/v1/payment-method-setups/${id}`, { method: 'PUT', returns: SetupView }),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <section className="money">
      <h1>
        <Trans>Ways to pay</Trans>
      </h1>
      <p>
        <Trans>
          Visits that neither your quota nor a pass pays for are charged to the one you choose here.
        </Trans>
      </p>
      <FormFault error={error ?? leaving.error} />
      {methods?.length === 0 && (
        <p className="money-none">
          <Trans>You have left no card or account.</Trans>
        </p>
      )}
      <ul className="money-rows">
        {methods?.map((method) => (
          <Method key={method.id} method={method} />
        ))}
      </ul>
      <p className="money-acts">
        <button className="pill pill-strong" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
          <Trans>Leave a card or an account</Trans>
        </button>
      </p>
    </section>
  );
}

function Method({
  method: { id, type, brand, last4, validUntil, isDefault },
}: {
  method: PaymentMethodView;
}) {
  const queries = useQueryClient();
  const acting = useMutation({
    mutationFn: (act: 'choice' | 'removal') =>
      act === 'choice'
        ? call(`/v1/payment-methods/${id}/choice`, { method: 'PUT', returns: PaymentMethodPage })
        : call(`/v1/payment-methods/${id}`, { method: 'DELETE', returns: PaymentMethodPage }),
    onSuccess: ({ items }) => queries.setQueryData(methodsQuery.queryKey, items),
  });
  return (
    <li className="money-method">
      <span>
        {type === 'card' ? brand : <Trans>Account</Trans>} <Figures>•••• {last4}</Figures>{' '}
        {validUntil && <Figures>{validUntil}</Figures>}
      </span>
      {isDefault ? (
        <strong>
          <Trans>Used first</Trans>
        </strong>
      ) : (
        <button className="pill" disabled={acting.isPending} onClick={() => acting.mutate('choice')}>
          <Trans>Use this one</Trans>
        </button>
      )}
      <button className="pill" disabled={acting.isPending} onClick={() => acting.mutate('removal')}>
        <Trans>Remove</Trans>
      </button>
      <FormFault error={acting.error} />
    </li>
  );
}
