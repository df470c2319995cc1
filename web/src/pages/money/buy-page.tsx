import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { NetworkPage } from '@wire/directory/directory.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { ProductPage, type ProductView } from '@wire/passes/product.schema.js';
import { PurchaseView } from '@wire/payments/payment.schema.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { formText } from '../../components/form-text';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { useTitle } from '../../shell/title';
import { Days } from '../me/pass-words';

const DAYS_OF_A_MONTH = 31;

/** Passes that are sold, and the way to pay for one. */
export function BuyPage() {
  const { t } = useLingui();
  useTitle(t`Buy a pass`);
  const {
    data: products,
    error,
    isPending,
  } = useQuery({
    queryKey: ['products', 'sold'],
    queryFn: async () => {
      const networks = (await call('/v1/networks', { returns: NetworkPage })).items;
      const lists = networks.map(({ id }) => call(`/v1/products?networkId=${id}`, { returns: ProductPage }));
      return (await Promise.all(lists)).flatMap(({ items }) => items).filter(isForSale);
    },
  });
  return (
    <section className="money">
      <h1>
        <Trans>Buy a pass</Trans>
      </h1>
      <FormFault error={error} />
      {!isPending && products?.length === 0 && (
        <p className="money-none">
          <Trans>No network sells a pass here yet.</Trans>
        </p>
      )}
      <ul className="money-shelf">
        {products?.map((product) => (
          <Offer key={product.id} product={product} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ product }: { product: ProductView }) {
  const { t } = useLingui();
  const [id] = useState(() => newId());
  const renews = product.periodMonths !== null && product.validDays <= product.periodMonths * DAYS_OF_A_MONTH;
  const buying = useMutation({
    mutationFn: (form: FormData) => {
      const code = formText(form, 'code').trim();
      const body = {
        productId: product.id,
        startsAtOnce: true,
        renews: form.get('renews') === 'on',
        ...(code ? { promotionCode: code } : {}),
      };
      return call(`/v1/purchases/${id}`, { method: 'PUT', body, returns: PurchaseView });
    },
    onSuccess: ({ checkoutUrl }) => location.assign(checkoutUrl ?? `/me/money/purchases/${id}`),
  });
  return (
    <li className="money-card">
      <h2>{product.name}</h2>
      <p className="money-sum">
        <Money amount={product.price} />
      </p>
      <p className="money-facts">
        {product.kind === 'UNLIMITED' ? <Trans>No limit</Trans> : <Days halfDays={product.halfDays} />}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          buying.mutate(new FormData(event.currentTarget));
        }}
      >
        {renews && (
          <label className="money-tick">
            <input type="checkbox" name="renews" /> <Trans>Renew it every month, until I cancel</Trans>
          </label>
        )}
        <label>
          <Trans>Code, if you have one</Trans>
          <input name="code" autoComplete="off" maxLength={40} />
        </label>
        <label className="money-tick">
          <input type="checkbox" name="begin" required />{' '}
          <Trans>Begin at once: if I withdraw within 14 days, the days I used are not paid back</Trans>
        </label>
        <FormFault error={buying.error} />
        <button className="pill pill-strong" disabled={buying.isPending} aria-label={t`Buy ${product.name}`}>
          <Trans>Buy</Trans>
        </button>
      </form>
    </li>
  );
}

function isForSale({ audience, price }: ProductView): boolean {
  return audience === 'EVERYBODY' && price.minor > 0;
}
