import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { BankLineView } from '@wire/banking/banking.schema.js';
import { UNITS } from '@wire/kernel/money.js';
import type { PaymentView } from '@wire/settlement/window.schema.js';
import type { FormEvent, ReactNode } from 'react';
import { formText } from '../../../components/form-text';
import { moneyText } from '../../../components/money';
import { minorOf } from '../money-input';
import { Amount } from '../parts/net';

type Known = ReadonlyMap<string, PaymentView>;
type Reason = BankLineView['candidates'][number]['reason'];

/** Why the line may be this payment, in words: a match is never taken on faith. */
function ReasonText({ reason }: { reason: Reason }) {
  const texts: Record<Reason, ReactNode> = {
    REFERENCE: <Trans>same reference</Trans>,
    REFERENCE_IN_TEXT: <Trans>the reference is in the text</Trans>,
    REFERENCE_OTHER_AMOUNT: <Trans>same reference, another amount</Trans>,
    ACCOUNT_AND_AMOUNT: <Trans>same account and same amount</Trans>,
    NAME_AND_AMOUNT: <Trans>same name and same amount</Trans>,
    SUM_OF_SEVERAL: <Trans>the sum of several payments</Trans>,
  };
  return texts[reason];
}

function PaymentName({ payment }: { payment: PaymentView | undefined }) {
  if (!payment) return <Trans>a payment of an earlier window</Trans>;
  return (
    <>
      <Trans>
        {payment.from.name} to {payment.to.name}
      </Trans>{' '}
      <Amount {...payment.amount} />
    </>
  );
}

export function Matches({
  line,
  payments,
  onUndo,
}: {
  line: BankLineView;
  payments: Known;
  onUndo: (matchId: string) => void;
}) {
  return line.matches.map((match) => (
    <p key={match.id} className="bank-match">
      <span>
        <PaymentName payment={payments.get(match.paymentId)} />{' '}
        <small>
          {match.reason === 'BY_HAND' ? (
            <Trans>by hand</Trans>
          ) : (
            <ReasonText reason={match.reason as Reason} />
          )}
        </small>
      </span>
      <Button variant="default" onClick={() => onUndo(match.id)}>
        <Trans>Undo</Trans>
      </Button>
    </p>
  ));
}

export function Candidates({
  line,
  payments,
  onTake,
}: {
  line: BankLineView;
  payments: Known;
  onTake: (paymentIds: readonly string[]) => void;
}) {
  return line.candidates.map(({ paymentIds, reason }) => (
    <p key={paymentIds.join()} className="bank-match">
      <span>
        {paymentIds.map((id) => (
          <span key={id}>
            <PaymentName payment={payments.get(id)} />{' '}
          </span>
        ))}
        <small>
          <ReasonText reason={reason} />
        </small>
      </span>
      <Button color="aegean" onClick={() => onTake(paymentIds)}>
        <Trans>This is it</Trans>
      </Button>
    </p>
  ));
}

/** Any part of the line to any payment of the account's owner: a split, a part payment, a reference typed wrong. */
export function MatchByHand({
  line,
  partyId,
  payments,
  onMatch,
}: {
  line: BankLineView;
  partyId: string;
  payments: Known;
  onMatch: (paymentId: string, minor: number) => void;
}) {
  const { t } = useLingui();
  const isOut = line.amount.minor < 0;
  const fitting = [...payments.values()].filter(
    ({ from, to, amount }) => amount.unit === line.amount.unit && (isOut ? from.id : to.id) === partyId,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const minor = minorOf(formText(form, 'amount'), line.amount.unit);
    if (minor !== null) onMatch(formText(form, 'payment'), minor);
  };
  if (fitting.length === 0) return null;
  return (
    <details className="folded">
      <summary>
        <Trans>Match by hand, or in parts</Trans>
      </summary>
      <form className="inline-form" onSubmit={submit}>
        <label>
          <Trans>Payment</Trans>
          <select name="payment" className="control">
            {fitting.map(({ id, from, to, amount }) => (
              <option key={id} value={id}>
                {t`${from.name} to ${to.name}`} {moneyText(amount)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Amount of it</Trans>
          <input
            name="amount"
            className="control es-figures"
            inputMode="decimal"
            required
            defaultValue={(line.openMinor / 10 ** UNITS[line.amount.unit].scale).toFixed(
              UNITS[line.amount.unit].scale,
            )}
          />
        </label>
        <Button type="submit" variant="default">
          <Trans>Match</Trans>
        </Button>
      </form>
    </details>
  );
}
