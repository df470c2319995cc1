import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session';
import { NotFound } from '../../shell/faults';
import './money.css';

const rooms = {
  '': lazy(async () => ({ default: (await import('./purchases-page')).PurchasesPage })),
  buy: lazy(async () => ({ default: (await import('./buy-page')).BuyPage })),
  methods: lazy(async () => ({ default: (await import('./methods-page')).MethodsPage })),
  receipts: lazy(async () => ({ default: (await import('./receipts-page')).ReceiptsPage })),
  office: lazy(async () => ({ default: (await import('./office-page')).OfficePage })),
};
const Purchase = lazy(async () => ({ default: (await import('./purchase-page')).PurchaseOfMine }));

/** me/money, me/money/buy, me/money/methods, me/money/receipts, me/money/office, me/money/purchases/<id>: the first load knows none of it. */
export function MoneyArea() {
  const { _splat = '' } = useParams({ from: '/page/me/money/$' });
  const { data: session } = useSession();
  const [room = '', id] = _splat.split('/').filter(Boolean);
  if (!session) return null;
  const Room = rooms[room as keyof typeof rooms];
  if (!Room && room !== 'purchases') return <NotFound />;
  return <Suspense>{id ? <Purchase id={id} /> : Room && <Room />}</Suspense>;
}
