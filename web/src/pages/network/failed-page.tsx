import { useLingui } from '@lingui/react/macro';
import { useSession } from '../../api/session';
import { useTitle } from '../../shell/title';
import { DeadLetters, Failed } from '../money/office-page';
import '../money/money.css';
import { useHere } from './here';

/** Payments that failed or that nobody knows about yet; for who runs the platform, all work that failed as well. */
export function FailedPage() {
  const { t } = useLingui();
  useTitle(t`Payments that failed`);
  const { networkId } = useHere();
  const { data: session } = useSession();
  const isOperator = session?.grants.some(({ role }) => role === 'platform_admin');
  return (
    <div className="money money-wide">
      <Failed networkId={networkId} />
      {isOperator && <DeadLetters />}
    </div>
  );
}
