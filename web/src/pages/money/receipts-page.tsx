import { Trans, useLingui } from '@lingui/react/macro';
import { FilePdf } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReceiptView } from '@wire/billing/receipt.schema.js';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { receiptsQuery } from './api';
import './receipts-page.css';

/** What I paid for and got back, newest first, each as a paper to keep. */
export function ReceiptsPage() {
  const { t } = useLingui();
  useTitle(t`Receipts`);
  const { data: receipts, error } = useQuery(receiptsQuery);
  return (
    <section className="money">
      <h1>
        <Trans>Receipts</Trans>
      </h1>
      <FormFault error={error} />
      {receipts?.length === 0 && (
        <p className="money-none">
          <Trans>Nothing paid so far. What you buy leaves its receipt here.</Trans>
        </p>
      )}
      <ul className="money-rows">
        {receipts?.map((receipt) => (
          <Receipt key={receipt.id} receipt={receipt} />
        ))}
      </ul>
      <p>
        <Link to="/me/money/$" params={{ _splat: '' }}>
          <Trans>All my purchases</Trans>
        </Link>
      </p>
    </section>
  );
}

function Receipt({ receipt }: { receipt: ReceiptView }) {
  const { id, kind, number, issuer, issuedAt, paid, title, vat } = receipt;
  const isCredit = kind === 'CREDIT_NOTE';
  return (
    <li className="receipt">
      <div>
        <h2>{title}</h2>
        <small>
          {isCredit ? <Trans>Credit note</Trans> : <Trans>Receipt</Trans>} · {issuer.name} ·{' '}
          {dayText(issuedAt.slice(0, 10))}
        </small>
      </div>
      <div className="receipt-paid">
        <strong>
          <Money amount={isCredit ? { ...paid, minor: -paid.minor } : paid} />
        </strong>
        {vat.minor > 0 && (
          <small>
            <Trans>
              of which VAT <Money amount={vat} />
            </Trans>
          </small>
        )}
      </div>
      <a className="receipt-file" href={`/v1/receipts/${id}/pdf`} target="_blank" rel="noreferrer">
        <FilePdf size={20} aria-hidden="true" />
        <bdi dir="ltr">{number}</bdi>
      </a>
    </li>
  );
}
