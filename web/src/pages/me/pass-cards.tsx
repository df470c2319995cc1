import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { passesQuery } from '../../api/mine';
import { Days, PassState } from './pass-words';
import './pass-detail.css';

/** All my passes; each opens what is behind it. */
export function PassCards() {
  const { data: passes = [] } = useQuery(passesQuery);
  if (passes.length === 0) return null;
  return (
    <ul className="pass-cards">
      {passes.map((pass) => (
        <li key={pass.id}>
          <Link to="/me/passes/$passId" params={{ passId: pass.id }} className="pass-card">
            <span>
              <strong>{pass.teamName ?? pass.productName}</strong>
              <span className="pass-mute">
                <PassState state={pass.state} />
              </span>
            </span>
            <span>
              {pass.leftHalfDays === null ? <Trans>No limit</Trans> : <Days halfDays={pass.leftHalfDays} />}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
