import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { PaymentPage, PositionPage } from '@wire/settlement/window.schema.js';
import { pairsQuery, paymentsQuery, positionsQuery } from '../../../api/network';
import { NetLink } from '../here';
import { Drawer } from '../parts/drawer';
import { Amount, Net } from '../parts/net';

/** Both sides of one payment: what each receives and pays in all, and how that is paid off. */
export function WhyDrawer({
  windowId,
  paymentId,
  onClose,
}: {
  windowId: string;
  paymentId: string;
  onClose: () => void;
}) {
  const { data: payments } = useQuery(paymentsQuery(windowId));
  const { data: positions } = useQuery(positionsQuery(windowId));
  const payment = payments?.items.find(({ id }) => id === paymentId);
  if (!payments || !positions || !payment) return null;
  const side = (partyId: string) =>
    positions.items.find(({ party, unit }) => party.id === partyId && unit === payment.amount.unit);
  const [payer, payee] = [side(payment.from.id), side(payment.to.id)];
  return (
    <Drawer
      title={
        <Trans>
          Why {payment.from.name} pays {payment.to.name} <Amount {...payment.amount} />
        </Trans>
      }
      onClose={onClose}
    >
      {payment.kind === 'VAT' ? (
        <p>
          <Trans>This is the VAT of their documents. It is paid beside what is netted.</Trans>
        </p>
      ) : (
        <p>
          <Trans>
            All that a party receives and pays in the window is added up. Who owes in the end pays those who
            are owed in the end, the largest amounts first, so that there are as few payments as can be.
          </Trans>
        </p>
      )}
      {payer && <Side windowId={windowId} position={payer} payments={payments.items} />}
      {payee && <Side windowId={windowId} position={payee} payments={payments.items} />}
    </Drawer>
  );
}

function Side({
  windowId,
  position: { party, unit, receivesMinor, paysMinor, netMinor },
  payments,
}: {
  windowId: string;
  position: PositionPage['items'][number];
  payments: PaymentPage['items'];
}) {
  const { data: pairs } = useQuery(pairsQuery(windowId));
  const own = pairs?.items.filter(
    (pair) => pair.unit === unit && (pair.host.id === party.id || pair.debtor.id === party.id),
  );
  const paid = payments.filter(
    ({ from, to, amount }) => amount.unit === unit && [from.id, to.id].includes(party.id),
  );
  return (
    <section className="why-side">
      <h3>{party.name}</h3>
      <ul className="why-list">
        {own?.map(({ host, debtor, amountMinor }) => (
          <li key={`${host.id}${debtor.id}`}>
            <span>
              {host.id === party.id ? <Trans>from {debtor.name}</Trans> : <Trans>to {host.name}</Trans>}
            </span>
            <Net unit={unit} minor={host.id === party.id ? amountMinor : -amountMinor} />
          </li>
        ))}
      </ul>
      <p className="control-sum">
        <Trans>
          receives <Amount unit={unit} minor={receivesMinor} />, pays <Amount unit={unit} minor={paysMinor} />
          :
        </Trans>{' '}
        <strong>
          <Net unit={unit} minor={netMinor} />
        </strong>
      </p>
      <ul className="why-list">
        {paid.map(({ id, from, to, amount }) => (
          <li key={id}>
            <span>
              {from.id === party.id ? <Trans>pays {to.name}</Trans> : <Trans>is paid by {from.name}</Trans>}
            </span>
            <Amount {...amount} />
          </li>
        ))}
      </ul>
      <NetLink to={`windows/${windowId}/statements/${party.id}`}>
        <Trans>Statement of {party.name}</Trans>
      </NetLink>
    </section>
  );
}
