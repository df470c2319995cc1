import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { PartyRulesView, StandingView } from '@wire/treasury/treasury.schema.js';
import { exposuresQuery, partyRulesQuery, standingsQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { todayAt } from '../../../i18n/days';
import { useAddress, useHere } from '../here';
import { Fault } from '../parts/act';
import { Drawer } from '../parts/drawer';
import { Amount, longDay, Net } from '../parts/net';
import { WideTable } from '../parts/table';
import { useParties, type Party } from '../parties';
import { standingText } from '../words';
import { inForce } from './in-force';
import { MemberForms } from './member-forms';

/** Every member: its ceiling and how near it is, its VAT, its standing. `?party=<id>` opens one. */
export function Members() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const [{ party }, setAddress] = useAddress();
  const rules = useQuery(partyRulesQuery(networkId));
  const standings = useQuery(standingsQuery(networkId));
  const members = useParties().filter(({ id }) => id !== networkId);
  const opened = members.find(({ id }) => id === party);
  const of = <Version extends { partyId: string }>(all: readonly Version[] | undefined, id: string) =>
    all?.filter(({ partyId }) => partyId === id) ?? [];
  return (
    <section>
      <h2>
        <Trans>Members</Trans>
      </h2>
      <Fault error={rules.error ?? standings.error} />
      <WideTable label={t`Members`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Member</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Owes now</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>May owe at most</Trans>
            </th>
            <th scope="col">
              <Trans>VAT</Trans>
            </th>
            <th scope="col">
              <Trans>Standing</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              rules={of(rules.data?.items, member.id)}
              standings={of(standings.data?.items, member.id)}
              onOpen={() => setAddress({ party: member.id }, { isNewPlace: true })}
            />
          ))}
        </tbody>
      </WideTable>
      {opened && (
        <Drawer title={opened.name} onClose={() => setAddress({ party: undefined })}>
          <MemberForms
            key={opened.id}
            partyId={opened.id}
            rules={of(rules.data?.items, opened.id)}
            standings={of(standings.data?.items, opened.id)}
          />
        </Drawer>
      )}
    </section>
  );
}

type RowProps = {
  readonly member: Party;
  readonly rules: readonly PartyRulesView[];
  readonly standings: readonly StandingView[];
  readonly onOpen: () => void;
};

function MemberRow({ member, rules, standings, onOpen }: RowProps) {
  const { networkId } = useHere();
  const { data } = useQuery(exposuresQuery(networkId));
  const today = todayAt('UTC').toString();
  const { now } = inForce(rules, today);
  const standing = inForce(standings, today);
  const exposures = data?.items.filter(({ party, owesMinor }) => party.id === member.id && owesMinor > 0);
  return (
    <tr>
      <th scope="row">
        <button type="button" className="figure-door" onClick={onOpen}>
          {member.name}
        </button>
      </th>
      <td className="es-amount-column">
        {exposures?.map(({ unit, owesMinor, state }) => (
          <div key={unit}>
            <Net unit={unit} minor={-owesMinor} /> <Nearness state={state} />
          </div>
        ))}
      </td>
      <td className="es-amount-column">
        {now?.debitCeiling ? <Amount {...now.debitCeiling} /> : <Trans>no limit</Trans>}
      </td>
      <td>
        {now?.vatMode === 'OWN_VAT' ? (
          <Figures>{`${now.vatBps / 100} %`}</Figures>
        ) : (
          <Trans>reverse charge</Trans>
        )}
      </td>
      <td>
        <span className={`state-mark standing-${(standing.now?.standing ?? 'ACTIVE').toLowerCase()}`}>
          {standingText(standing.now?.standing ?? 'ACTIVE')}
        </span>
        {standing.later.map((one) => (
          <small key={one.id}>
            {' '}
            <Trans>
              from {longDay(one.fromDay)}: {standingText(one.standing)}
            </Trans>
          </small>
        ))}
      </td>
    </tr>
  );
}

function Nearness({ state }: { state: string }) {
  if (state === 'WARNED')
    return (
      <span className="state-mark state-open">
        <Trans>near its limit</Trans>
      </span>
    );
  if (state === 'OVER')
    return (
      <span className="state-mark state-failed">
        <Trans>over its limit</Trans>
      </span>
    );
  return null;
}
