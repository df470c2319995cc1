import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { NetworkRulesView } from '@wire/treasury/treasury.schema.js';
import { rulesQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { todayAt } from '../../../i18n/days';
import { useHere } from '../here';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Fact } from '../parts/record';
import { Empty } from '../parts/table';
import { inForce } from './in-force';

export function RulesInForce() {
  const { networkId } = useHere();
  const { data, error } = useQuery(rulesQuery(networkId));
  if (error) return <Fault error={error} />;
  if (!data) return null;
  const { now, later } = inForce(data.items, todayAt('UTC').toString());
  return (
    <section>
      <h2>
        <Trans>How the network settles</Trans>
      </h2>
      {now ? (
        <RulesCard rules={now} />
      ) : (
        <Empty>
          <Trans>
            No rules are in force: a window closes when its treasurer closes it, each currency by itself.
          </Trans>
        </Empty>
      )}
      {later.map((rules) => (
        <RulesCard key={rules.id} rules={rules} isLater />
      ))}
    </section>
  );
}

function RulesCard({ rules, isLater = false }: { rules: NetworkRulesView; isLater?: boolean }) {
  return (
    <div className="panel rules-card">
      <h3>
        {isLater ? (
          <Trans>From {longDay(rules.fromDay)}</Trans>
        ) : (
          <Trans>In force since {longDay(rules.fromDay)}</Trans>
        )}
      </h3>
      <dl className="facts">
        <Fact name={<Trans>Windows</Trans>}>
          {rules.cadence === 'MONTHLY' ? <Trans>monthly</Trans> : <Trans>weekly</Trans>}
        </Fact>
        <Fact name={<Trans>Days in which lines may be disputed</Trans>}>
          <Figures>{rules.disputeDays}</Figures>
        </Fact>
        <Fact name={<Trans>Days from the call to the settlement</Trans>}>
          <Figures>{rules.settleDays}</Figures>
        </Fact>
        <Fact name={<Trans>Netting happens in</Trans>}>
          {rules.clearanceUnit ?? <Trans>each currency by itself</Trans>}
        </Fact>
        <Fact name={<Trans>Closing and paying take</Trans>}>
          {rules.fourEyes ? <Trans>two people</Trans> : <Trans>one person</Trans>}
        </Fact>
        <Fact name={<Trans>Payments go</Trans>}>
          {rules.collects ? (
            <Trans>through the network’s account, one movement for each party and currency</Trans>
          ) : (
            <Trans>from member to member</Trans>
          )}
        </Fact>
        <Fact name={<Trans>Yearly dues of a member</Trans>}>
          <Amount {...rules.yearlyDues} />
        </Fact>
      </dl>
    </div>
  );
}
