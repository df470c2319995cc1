import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { RestrictionView, type SellerView } from '@wire/duties/duties.schema.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { useAct } from '../../../api/network';
import { useSession } from '../../../api/session';
import { sellerQuery, sellersQuery } from '../../../api/network-office';
import { Figures } from '../../../components/figures';
import { exclusionText, missingText, restrictionText, sellerState } from '../duty-words';
import { useHere } from '../here';
import { ConfirmedAct, Fault } from '../parts/act';
import { Drawer } from '../parts/drawer';
import { longDay } from '../parts/net';
import { Moment } from '../../../components/moment';
import { Empty } from '../parts/table';
import { SellerForm } from './seller-form';

/** Who sells here, and what of them is still to be known. */
export function Sellers() {
  const { networkId, mayAct, mayAgree } = useHere();
  const { data: session } = useSession();
  const own = session?.grants.filter(({ role }) => role === 'space_manager') ?? [];
  const isReader = mayAct || mayAgree;
  const found = useQueries({
    queries: isReader
      ? [sellersQuery(networkId)]
      : own.map(({ organisationId }) => sellerQuery(organisationId)),
  });
  const sellers = found.every(({ isSuccess }) => isSuccess)
    ? found.flatMap(({ data }) => data?.items ?? [])
    : null;
  const error = found.find((each) => each.error)?.error ?? null;
  const [editedId, setEditedId] = useState<string | null>(null);
  const edited = sellers?.find(({ operator }) => operator.id === editedId);
  return (
    <>
      <p className="office-lead">
        <Trans>
          The law asks every platform who sells on it (DAC7). Letters go out by themselves: a request, two
          reminders, and after sixty days payments are held back.
        </Trans>
      </p>
      <Fault error={error} />
      {sellers?.length === 0 && (
        <Empty>
          <Trans>No space belongs to this network yet.</Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {sellers?.map((seller) => (
          <Seller
            key={seller.operator.id}
            seller={seller}
            onEdit={mayAct || !isReader ? setEditedId : null}
          />
        ))}
      </ul>
      {edited && (
        <Drawer title={edited.operator.name} onClose={() => setEditedId(null)}>
          <SellerForm seller={edited} onDone={() => setEditedId(null)} />
        </Drawer>
      )}
    </>
  );
}

function Seller({ seller, onEdit }: { seller: SellerView; onEdit: ((operatorId: string) => void) | null }) {
  const { operator, state, exclusion, missing, spaces, letters, restriction, firstSupplyDay } = seller;
  const last = letters.at(-1);
  return (
    <li>
      <p>
        <strong>{operator.name}</strong>{' '}
        <span className={`state-mark state-${state.toLowerCase()}`}>{sellerState(state)}</span>
        {exclusion && <small> {exclusionText(exclusion)}</small>}
      </p>
      {missing.length > 0 && (
        <p className="field-hint">
          <Trans>Missing: {missing.map((field) => missingText(field, spaces)).join(', ')}</Trans>
        </p>
      )}
      <p className="field-hint">
        {firstSupplyDay ? (
          <Trans>First visit on {longDay(firstSupplyDay)}.</Trans>
        ) : (
          <Trans>No visit was sealed yet.</Trans>
        )}{' '}
        {last && (
          <Trans>
            Letters sent: <Figures>{letters.length}</Figures>, the last on <Moment at={last.sentAt} />.
          </Trans>
        )}
      </p>
      {restriction && <Restriction restriction={restriction} />}
      {onEdit && (
        <p>
          <Button variant="default" onClick={() => onEdit(operator.id)}>
            <Trans>Enter its data</Trans>
          </Button>
        </p>
      )}
    </li>
  );
}

/** The reasons in the words that the seller was told. */
function Restriction({
  restriction: { id, reason, facts, provision, since },
}: {
  restriction: RestrictionView;
}) {
  const { mayAct } = useHere();
  const lifting = useAct(() =>
    call(`/v1/seller-restrictions/${id}`, { method: 'DELETE', returns: RestrictionView }),
  );
  return (
    <div className="net-warn">
      <p>
        <Trans>
          Payments are held back since <Moment at={since} />: {restrictionText(reason)}.
        </Trans>
      </p>
      <p>
        <bdi>{facts}</bdi> · <bdi>{provision}</bdi>
      </p>
      {mayAct && (
        <ConfirmedAct
          name={<Trans>Lift it</Trans>}
          consequence={<Trans>Payments go on. What was said stays to be read.</Trans>}
          act={lifting}
        />
      )}
    </div>
  );
}
