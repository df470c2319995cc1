import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { disputesOfQuery, windowsOfQuery } from '../../api/network';
import { useSession } from '../../api/session';
import { spacesQuery, type ListedSpace } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { manages } from '../space/rights';
import { DisputeThread } from './dispute-thread';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { Amount, longDay } from './parts/net';
import { Empty } from './parts/table';
import { StatementPage } from './statement-page';
import { disputeState, reasonText, windowState } from './words';

/** statements, statements/disputes/<id>, statements/<window>/<party>: what a member sees of its own. */
export function StatementsPage() {
  const {
    path: [first, second],
  } = useHere();
  if (first === 'disputes' && second) return <DisputeThread key={second} id={second} />;
  if (first && second) return <StatementPage key={first} windowId={first} partyId={second} />;
  return <MyStatements />;
}

function MyStatements() {
  const { t } = useLingui();
  useTitle(t`Statements`);
  const { networkId } = useHere();
  const { data: session } = useSession();
  const { data: spaces } = useQuery(spacesQuery);
  const mine = spaces?.filter((space) => space.networkId === networkId && session && manages(session, space));
  return (
    <>
      <h1>
        <Trans>Statements</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          What your space receives and pays, window by window. Every amount opens to its visit and its scan; a
          line that is wrong can be disputed there.
        </Trans>
      </p>
      {mine?.length === 0 && (
        <Empty>
          <Trans>You manage no space of this network.</Trans>
        </Empty>
      )}
      {mine?.map((space) => (
        <OfSpace key={space.id} space={space} />
      ))}
    </>
  );
}

function OfSpace({ space }: { space: ListedSpace }) {
  const { data, error } = useQuery(windowsOfQuery(space.id));
  const closed = data?.items.filter(({ untilDay }) => untilDay !== null).toReversed();
  return (
    <section>
      <h2>{space.name}</h2>
      <Fault error={error} />
      {closed?.length === 0 && (
        <Empty>
          <Trans>No window with visits of this space is closed yet.</Trans>
        </Empty>
      )}
      <ul className="window-list">
        {closed?.map((window) => (
          <li key={window.id}>
            <NetLink to={`statements/${window.id}/${space.id}`}>
              <strong>
                <Trans>
                  Window <Figures>{window.number}</Figures>
                </Trans>
              </strong>
              <span>
                <Trans>
                  {longDay(window.fromDay)} to {longDay(window.untilDay!)}
                </Trans>
              </span>
              <span className={`state-mark state-${window.state.toLowerCase()}`}>
                {windowState(window.state)}
              </span>
            </NetLink>
          </li>
        ))}
      </ul>
      <DisputesOf partyId={space.id} />
    </section>
  );
}

function DisputesOf({ partyId }: { partyId: string }) {
  const { data } = useQuery(disputesOfQuery(partyId));
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h3>
        <Trans>Disputes</Trans>
      </h3>
      <ul className="needs">
        {data.items.map((dispute) => (
          <li key={dispute.id}>
            <NetLink to={`statements/disputes/${dispute.id}`}>
              <span>
                <strong>
                  <Trans>
                    {dispute.debtor.name} disputes a line of {dispute.creditor.name}
                  </Trans>
                </strong>
                <br />
                <small>{reasonText(dispute.code)}</small>
              </span>
              <Amount {...dispute.disputed} />
              <small>{disputeState(dispute.state)}</small>
            </NetLink>
          </li>
        ))}
      </ul>
    </>
  );
}
