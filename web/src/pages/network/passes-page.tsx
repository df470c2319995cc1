import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { IssuedPassPage, type IssuedPassView } from '@wire/passes/issuing.schema.js';
import { PassView } from '@wire/passes/pass.schema.js';
import { ProductPage, ProductView } from '@wire/passes/product.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { formText } from '../../components/form-text';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { Days, PassState } from '../me/pass-words';
import '../me/pass-detail.css';

const YEAR_DAYS = 365;

/** What a network's administrator does with passes until they are sold: products, issuing, withdrawing. */
export function NetworkPassesPage() {
  const { t } = useLingui();
  useTitle(t`Passes of the network`);
  const { data: session } = useSession();
  const networkId = session?.grants.find(({ role }) => role === 'network_admin')?.organisationId;
  if (!session) return null;
  if (!networkId) {
    return (
      <QuietPage title={<Trans>Passes of the network</Trans>}>
        <p>
          <Trans>Your role does not allow this. Ask somebody who manages the space or the network.</Trans>
        </p>
      </QuietPage>
    );
  }
  return (
    <div className="pass-detail">
      <h1>
        <Trans>Passes of the network</Trans>
      </h1>
      <Products networkId={networkId} />
      <Issued networkId={networkId} />
    </div>
  );
}

function useProducts(networkId: string) {
  return useQuery({
    queryKey: ['products', networkId],
    queryFn: async () => (await call(`/v1/products?networkId=${networkId}`, { returns: ProductPage })).items,
  });
}

function Products({ networkId }: { networkId: string }) {
  const { data: products = [] } = useProducts(networkId);
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: (body: object) =>
      call(`/v1/products/${newId()}`, { method: 'PUT', body, returns: ProductView }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['products', networkId] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate(productOf(networkId, new FormData(event.currentTarget)));
  };
  return (
    <section>
      <h2>
        <Trans>Products</Trans>
      </h2>
      <ul className="pass-rows">
        {products.map(({ id, name, kind, halfDays }) => (
          <li key={id}>
            <span>{name}</span>
            <span>{kind === 'UNLIMITED' ? <Trans>No limit</Trans> : <Days halfDays={halfDays} />}</span>
          </li>
        ))}
      </ul>
      <form className="pass-form" onSubmit={submit}>
        <label>
          <Trans>Name</Trans>
          <input name="name" required />
        </label>
        <label>
          <Trans>Kind</Trans>
          <KindSelect />
        </label>
        <label>
          <Trans>Days (of an unlimited pass: at one space in a month)</Trans>
          <input name="days" type="number" min="0.5" step="0.5" defaultValue={10} required />
        </label>
        <label>
          <Trans>Good for days after purchase</Trans>
          <input name="valid" type="number" min="1" max="731" defaultValue={YEAR_DAYS} required />
        </label>
        <label>
          <Trans>Price in euro</Trans>
          <input name="price" type="number" min="0" step="0.01" defaultValue={0} required />
        </label>
        <label>
          <Trans>Guests per day</Trans>
          <input name="guests" type="number" min="0" max="20" defaultValue={0} />
        </label>
        <label>
          <Trans>Days of pause a year</Trans>
          <input name="pause" type="number" min="0" max="365" defaultValue={0} />
        </label>
        <Fault error={making.error} />
        <Button type="submit" loading={making.isPending}>
          <Trans>Add the product</Trans>
        </Button>
      </form>
    </section>
  );
}

function KindSelect() {
  const { t } = useLingui();
  return (
    <select name="kind" defaultValue="DAYS">
      <option value="DAYS">{t`A number of days`}</option>
      <option value="TEAM">{t`A number of days, for a team`}</option>
      <option value="PERIOD">{t`Days each month`}</option>
      <option value="UNLIMITED">{t`Unlimited, capped at each space`}</option>
    </select>
  );
}

function productOf(networkId: string, form: FormData): object {
  const number = (name: string) => Number(form.get(name) ?? 0);
  const chosen = formText(form, 'kind');
  const kind = chosen === 'TEAM' ? 'DAYS' : chosen;
  const halfDays = Math.round(number('days') * 2);
  return {
    networkId,
    name: form.get('name'),
    kind,
    sharing: chosen === 'TEAM' ? 'TEAM' : 'PERSONAL',
    halfDays: kind === 'UNLIMITED' ? 0 : halfDays,
    hostCapHalfDays: kind === 'UNLIMITED' ? halfDays : null,
    periodMonths: kind === 'DAYS' ? null : 1,
    validDays: number('valid'),
    guestsPerDay: number('guests'),
    pauseDaysPerYear: number('pause'),
    price: { unit: 'EUR', minor: Math.round(number('price') * 100) },
    scope: { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] },
  };
}

function Issued({ networkId }: { networkId: string }) {
  const { data: products = [] } = useProducts(networkId);
  const client = useQueryClient();
  const issued = useQuery({
    queryKey: ['issued', networkId],
    queryFn: async () =>
      (await call(`/v1/issued-passes?networkId=${networkId}`, { returns: IssuedPassPage })).items,
  });
  const again = () => client.invalidateQueries({ queryKey: ['issued', networkId] });
  const issuing = useMutation({
    mutationFn: (body: object) => call(`/v1/passes/${newId()}`, { method: 'PUT', body, returns: PassView }),
    onSuccess: again,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    issuing.mutate({ productId: form.get('product'), email: form.get('email') });
  };
  return (
    <section>
      <h2>
        <Trans>Issued passes</Trans>
      </h2>
      <form className="pass-form" onSubmit={submit}>
        <label>
          <Trans>Product</Trans>
          <select name="product" required>
            {products.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>E-mail</Trans>
          <input name="email" type="email" required autoComplete="off" />
        </label>
        <Fault error={issuing.error} />
        <Button type="submit" color="tomette" loading={issuing.isPending}>
          <Trans>Issue the pass</Trans>
        </Button>
      </form>
      <ul className="pass-rows">
        {issued.data?.map((pass) => (
          <Row key={pass.id} pass={pass} onRevoked={again} />
        ))}
      </ul>
    </section>
  );
}

/** Withdrawn for good, so the reason is asked for first. */
function Row({ pass, onRevoked }: { pass: IssuedPassView; onRevoked: () => Promise<void> }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const revoking = useMutation({
    mutationFn: (reason: string) =>
      call(`/v1/passes/${pass.id}/revocation`, { method: 'PUT', body: { reason }, returns: PassView }),
    onSuccess: onRevoked,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    revoking.mutate(formText(new FormData(event.currentTarget), 'reason'));
  };
  return (
    <li>
      <span>
        {pass.holderFirstName} · {pass.productName}
        <small>
          <PassState state={pass.state} />
        </small>
      </span>
      {!['REVOKED', 'EXPIRED', 'REFUNDED'].includes(pass.state) && !isAsking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          <Trans>Withdraw</Trans>
        </Button>
      )}
      {isAsking && pass.state !== 'REVOKED' && (
        <form className="pass-form" onSubmit={submit}>
          <input name="reason" aria-label={t`Reason`} placeholder={t`Reason`} required autoFocus />
          <Fault error={revoking.error} />
          <Button type="submit" loading={revoking.isPending}>
            <Trans>Withdraw for good</Trans>
          </Button>
        </form>
      )}
    </li>
  );
}

function Fault({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className="form-fault" role="alert">
      {problemText(error)}
    </p>
  );
}
