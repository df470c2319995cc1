import { Trans } from '@lingui/react/macro';
import type { PurchaseView, SubscriptionView } from '@wire/payments/payment.schema.js';

export function PurchaseState({ state }: Pick<PurchaseView, 'state'>) {
  switch (state) {
    case 'OPEN':
      return <Trans>Waiting for payment</Trans>;
    case 'PAID':
      return <Trans>Paid</Trans>;
    case 'FAILED':
      return <Trans>Not paid: declined</Trans>;
    case 'EXPIRED':
      return <Trans>Not paid: left open too long</Trans>;
    case 'REFUNDED':
      return <Trans>Given back</Trans>;
  }
}

export function SubscriptionState({ state, isEnding }: Pick<SubscriptionView, 'state' | 'isEnding'>) {
  if (state === 'ENDED') return <Trans>Ended</Trans>;
  if (isEnding) return <Trans>Ends with this period</Trans>;
  if (state === 'PAUSED') return <Trans>Paused: nothing is charged</Trans>;
  if (state === 'PAST_DUE') return <Trans>Could not be charged: leave another card</Trans>;
  return <Trans>Renews itself</Trans>;
}
