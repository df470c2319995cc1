import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { membersOfNetworkQuery, type MemberRow } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from '../network/here';
import { Drafts } from './drafts';
import { Fragile } from './fragile';
import { MemberOffice } from './member-office';
import { stateText } from './words';
import './charter.css';

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
/** What waits for somebody comes first. */
const ORDER = [
  'SUSPENDED',
  'CHARTER_LAPSED',
  'TERMINATING',
  'CLOSING',
  'ASSESSED',
  'PROVISIONAL',
  'RENEWAL_DUE',
  'REVIEWED',
  'APPLIED',
  'RETURNED',
  'INTERESTED',
  'ACTIVE',
  'EXITED',
];

/** charter, charter/<member> */
export function CharterRoom() {
  const {
    path: [id],
  } = useHere();
  return id ? <MemberOffice key={id} id={id} /> : <Overview />;
}

function Overview() {
  const { t } = useLingui();
  useTitle(t`Charter`);
  return (
    <>
      <h1>
        <Trans>Charter</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          What the members promise each other, and how each of them stands. Nobody is stopped without reasons.
        </Trans>
      </p>
      <Fragile />
      <Members />
      <Drafts />
    </>
  );
}

function Members() {
  const { networkId } = useHere();
  const { data, error } = useQuery(membersOfNetworkQuery(networkId));
  const members = data?.items.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <>
      <h2>
        <Trans>Members</Trans>
      </h2>
      {error && <p role="alert">{problemText(error)}</p>}
      {members?.length === 0 && (
        <p className="charter-none">
          <Trans>Nobody has begun to join. Spaces begin in their own office, under Charter.</Trans>
        </p>
      )}
      <ul className="needs">
        {members?.map((member) => (
          <Row key={member.id} member={member} />
        ))}
      </ul>
    </>
  );
}

function Row({ member: { id, space, organisation, state, since, deadline } }: { member: MemberRow }) {
  const from = dayText(since.slice(0, 10), DATE);
  const until = deadline && dayText(deadline, DATE);
  return (
    <li>
      <NetLink to={`charter/${id}`}>
        <span>
          <strong>{space?.name ?? organisation.name}</strong>
          <br />
          <small>{space?.city ?? <Trans>Institution</Trans>}</small>
        </span>
        <span>{stateText(state)}</span>
        <small>{until ? <Trans>until {until}</Trans> : <Trans>since {from}</Trans>}</small>
      </NetLink>
    </li>
  );
}
