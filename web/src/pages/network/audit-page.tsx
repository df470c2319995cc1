import { Trans, useLingui } from '@lingui/react/macro';
import { DownloadSimple } from '@phosphor-icons/react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ActPage, SECTIONS, type ActView } from '@wire/audit/acts.schema.js';
import { ApprovalView } from '@wire/treasury/treasury.schema.js';
import { call } from '../../api/call';
import { approvalsQuery, useAct } from '../../api/network';
import { useTitle } from '../../shell/title';
import { sectionText, stepText, thingText } from './act-words';
import { NetLink, useAddress, useHere } from './here';
import { ConfirmedAct, Fault } from './parts/act';
import { Amount, Who } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';

/** Who did what and when, the latest first: what took two people, closings, rates, rules, accounts, disputes. */
export function AuditPage() {
  const { t } = useLingui();
  useTitle(t`Audit`);
  const { networkId } = useHere();
  const [{ section }] = useAddress();
  const filter = new URLSearchParams({ networkId, ...(section ? { section } : {}) }).toString();
  return (
    <>
      <header className="window-head">
        <div>
          <h1>
            <Trans>Audit</Trans>
          </h1>
          <p>
            <Trans>Read from what was done, never written beside it: nothing here can be left out.</Trans>
          </p>
        </div>
        <a className="pill" href={`/v1/acts.csv?${filter}`} download="acts.csv">
          <DownloadSimple size={20} aria-hidden="true" />
          CSV
        </a>
      </header>
      <Waiting />
      <Sections />
      <ActTable filter={filter} />
    </>
  );
}

function Sections() {
  const [{ section }, setAddress] = useAddress();
  return (
    <div className="statement-views">
      {SECTIONS.map((key) => (
        <button
          key={key}
          type="button"
          className="pill"
          aria-pressed={section === key}
          onClick={() => setAddress({ section: section === key ? undefined : key })}
        >
          {sectionText(key)}
        </button>
      ))}
    </div>
  );
}

function ActTable({ filter }: { filter: string }) {
  const { t } = useLingui();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['network', 'acts', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam && `&after=${encodeURIComponent(pageParam)}`;
      return call(`/v1/acts?${filter}${after}`, { returns: ActPage, signal });
    },
    getNextPageParam: ({ next }) => next,
  });
  const acts = data?.pages.flatMap(({ items }) => items);
  if (error) return <Fault error={error} />;
  if (!acts) return null;
  if (acts.length === 0)
    return (
      <Empty>
        <Trans>Nothing was done yet.</Trans>
      </Empty>
    );
  return (
    <>
      <WideTable label={t`Audit`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col">
              <Trans>Who</Trans>
            </th>
            <th scope="col">
              <Trans>What</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Amount</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {acts.map((act) => (
            <ActRow key={`${act.at}${act.thingId}${act.thing}${act.step}${act.actor}`} act={act} />
          ))}
        </tbody>
      </WideTable>
      {hasNextPage && (
        <button type="button" className="text-button" onClick={() => void fetchNextPage()}>
          <Trans>Show more</Trans>
        </button>
      )}
    </>
  );
}

/** Where the thing itself is to be seen. */
const PLACES: Readonly<Record<string, (act: ActView) => string>> = {
  WINDOW: ({ thingId }) => `windows/${thingId}`,
  DISPUTE: ({ thingId }) => `disputes/${thingId}`,
  BATCH: () => 'bank/batches',
  BANK_ACCOUNT: () => 'bank/accounts',
  BANK_FILE: () => 'bank/lines',
  RATE: () => 'rates',
  NETWORK_RULES: () => 'rules',
  PARTY_RULES: () => 'rules',
  STANDING: () => 'rules',
  PERIOD: () => 'books',
};

function ActRow({ act }: { act: ActView }) {
  const { at, actor, thing, step, party, amount, note } = act;
  const place = PLACES[thing]?.(act);
  const what = (
    <>
      {thingText(thing)} {party && <bdi>{party.name}</bdi>} {note && thing !== 'DISPUTE' && <bdi>{note}</bdi>}
    </>
  );
  return (
    <tr>
      <th scope="row">
        <Moment at={at} />
      </th>
      <td>
        <Who by={actor} />
      </td>
      <td>
        {place ? <NetLink to={place}>{what}</NetLink> : what}: {stepText(step)}
      </td>
      <td className="es-amount-column">{amount && <Amount {...amount} />}</td>
    </tr>
  );
}

/** What nobody has approved yet; whoever proposed it waits. */
function Waiting() {
  const { networkId } = useHere();
  const { data } = useQuery(approvalsQuery(networkId));
  const open = data?.items.filter(({ approvedAt, act }) => !approvedAt && act !== 'RATE') ?? [];
  if (open.length === 0) return null;
  return (
    <ul className="batch-list">
      {open.map((approval) => (
        <OpenApproval key={approval.id} approval={approval} />
      ))}
    </ul>
  );
}

function OpenApproval({ approval }: { approval: ApprovalView }) {
  const { personId, mayAct } = useHere();
  const signing = useAct(() =>
    call(`/v1/approvals/${approval.id}/signature`, { method: 'PUT', returns: ApprovalView }),
  );
  return (
    <li>
      <p>
        <strong>{thingText(approval.act)}</strong>{' '}
        <small>
          <Trans>
            proposed by <Who by={approval.proposedBy} />, <Moment at={approval.proposedAt} />
          </Trans>{' '}
          <bdi>{approval.note}</bdi>
        </small>
      </p>
      {approval.proposedBy === `person:${personId}` || !mayAct ? (
        <p className="net-warn">
          <Trans>It waits for a second person.</Trans>
        </p>
      ) : (
        <ConfirmedAct
          name={<Trans>Approve it</Trans>}
          consequence={<Trans>With your yes it may be done.</Trans>}
          act={signing}
          isMain
        />
      )}
    </li>
  );
}
