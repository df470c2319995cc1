import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { DisputePage } from '@wire/disputes/dispute.schema.js';
import { disputesQuery } from '../../api/network';
import { useTitle } from '../../shell/title';
import { AgeingTable } from './ageing';
import { DisputeThread } from './dispute-thread';
import { NetLink, useAddress, useHere } from './here';
import { Fault } from './parts/act';
import { Amount } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty } from './parts/table';
import { disputeState, reasonText } from './words';

/** disputes, disputes/<id> */
export function DisputesPage() {
  const {
    path: [id],
  } = useHere();
  return id ? <DisputeThread key={id} id={id} /> : <DisputeList />;
}

function DisputeList() {
  const { t } = useLingui();
  useTitle(t`Disputes`);
  const { networkId } = useHere();
  const [{ show = 'open' }, setAddress] = useAddress();
  const { data, error } = useQuery(disputesQuery(networkId));
  const shown = data?.items.filter(({ endedAt }) => (show === 'open') === (endedAt === null));
  return (
    <>
      <h1>
        <Trans>Disputes</Trans>
      </h1>
      <p className="office-lead">
        <Trans>What is disputed waits; everything else is paid. Each answer has its clock.</Trans>
      </p>
      <Fault error={error} />
      <div className="statement-views">
        <button
          type="button"
          className="pill"
          aria-pressed={show === 'open'}
          onClick={() => setAddress({ show: undefined })}
        >
          <Trans>Under way</Trans>
        </button>
        <button
          type="button"
          className="pill"
          aria-pressed={show === 'ended'}
          onClick={() => setAddress({ show: 'ended' })}
        >
          <Trans>Ended</Trans>
        </button>
      </div>
      {shown?.length === 0 && (
        <Empty>
          <Trans>No dispute here.</Trans>
        </Empty>
      )}
      <ul className="needs">
        {shown?.map((dispute) => (
          <Row key={dispute.id} dispute={dispute} />
        ))}
      </ul>
      <h2>
        <Trans>Age of what is disputed</Trans>
      </h2>
      <AgeingTable />
    </>
  );
}

function Row({ dispute }: { dispute: DisputePage['items'][number] }) {
  return (
    <li>
      <NetLink to={`disputes/${dispute.id}`}>
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
        <small>
          {disputeState(dispute.state)}
          {dispute.dueAt && (
            <>
              {' · '}
              <Moment at={dispute.dueAt} />
            </>
          )}
        </small>
      </NetLink>
    </li>
  );
}
