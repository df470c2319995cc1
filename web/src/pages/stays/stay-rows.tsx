import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { StayRow } from '@wire/stays/stay.schema.js';
import { dayText } from '../../i18n/days';
import { actText, stateText } from './words';

/** Stays in a list, each with what comes next. */
export function StayRows({ stays, at }: { stays: readonly StayRow[]; at: '/me/stays/$' | '/stays/$' }) {
  const prefix = at === '/stays/$' ? 'office/' : '';
  return (
    <ul className="stays-rows">
      {stays.map((stay) => (
        <li key={stay.id}>
          <Link to={at} params={{ _splat: `${prefix}${stay.id}` }}>
            <strong>{at === '/stays/$' ? stay.participant : stay.call.title}</strong>
            <span className="stays-state">{stateText(stay.state)}</span>
            <small>
              {stay.employer.name} → {stay.stayPlace ? stay.stayPlace.name : '…'} · {dayText(stay.fromDay)} –{' '}
              {dayText(stay.untilDay)}
            </small>
            {stay.nextAct && (
              <small>
                {actText(stay.nextAct)}
                {stay.dueAt && (
                  <>
                    {' · '}
                    {stay.isOverdue ? (
                      <Trans>was due {dayText(stay.dueAt.slice(0, 10))}</Trans>
                    ) : (
                      <Trans>due {dayText(stay.dueAt.slice(0, 10))}</Trans>
                    )}
                  </>
                )}
              </small>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
