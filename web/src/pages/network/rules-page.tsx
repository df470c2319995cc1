import { Trans, useLingui } from '@lingui/react/macro';
import { useTitle } from '../../shell/title';
import { useHere } from './here';
import { Members } from './rules/members';
import { ChangeRules } from './rules/change-rules';
import { RulesInForce } from './rules/rules-in-force';

/** How the network settles, and how each member stands in it: dated, so that what was closed keeps its rules. */
export function RulesPage() {
  const { t } = useLingui();
  useTitle(t`Rules`);
  const { mayAct } = useHere();
  return (
    <>
      <h1>
        <Trans>Rules</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          Rules begin on a day and are never changed: new ones take their place, and closed windows keep
          theirs.
        </Trans>
      </p>
      <RulesInForce />
      <Members />
      {mayAct && <ChangeRules />}
    </>
  );
}
