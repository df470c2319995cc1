import { useQueries, useQuery } from '@tanstack/react-query';
import type { PaymentView } from '@wire/settlement/window.schema.js';
import { paymentsQuery, windowsQuery } from '../../../api/network';
import { useHere } from '../here';

const RECENT_WINDOWS = 12;

/** The payments that a bank line may be: of windows that are called, or were not long ago. */
export function useKnownPayments(): ReadonlyMap<string, PaymentView> {
  const { networkId } = useHere();
  const { data } = useQuery(windowsQuery(networkId));
  const called = (data?.items ?? [])
    .filter(({ state }) => state === 'CALLED' || state === 'SETTLED')
    .slice(-RECENT_WINDOWS);
  const pages = useQueries({ queries: called.map(({ id }) => paymentsQuery(id)) });
  return new Map(pages.flatMap((page) => page.data?.items ?? []).map((payment) => [payment.id, payment]));
}
