import { Trans } from '@lingui/react/macro';
import type { ProgrammeReportView } from '@wire/programmes/programme.schema.js';
import { Money } from '../../components/money';

type Budget = ProgrammeReportView['budget'];

const HEIGHT = 28;
const WIDTH = 1000;

/** The four columns of public accounts, one within the other: each is at most the one before. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { voted, committed, delivered, paid } = budget;
  const width = ({ minor }: Budget['voted']) => (voted.minor === 0 ? 0 : (WIDTH * minor) / voted.minor);
  const columns = [
    { key: 'voted', amount: voted, name: <Trans>Voted</Trans> },
    { key: 'committed', amount: committed, name: <Trans>Committed</Trans> },
    { key: 'delivered', amount: delivered, name: <Trans>Delivered</Trans> },
    { key: 'paid', amount: paid, name: <Trans>Paid</Trans> },
  ];
  return (
    <figure className="budget">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {columns.map(({ key, amount }) => (
          <rect key={key} className={`budget-${key}`} width={width(amount)} height={HEIGHT} />
        ))}
      </svg>
      <dl>
        {columns.map(({ key, amount, name }) => (
          <div key={key}>
            <dt>
              <span className={`budget-dot budget-${key}`} aria-hidden="true" />
              {name}
            </dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
