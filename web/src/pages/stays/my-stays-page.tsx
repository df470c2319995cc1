import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FormFault } from '../../components/say-form';
import { useTitle } from '../../shell/title';
import { staysQuery } from './api';
import { StayRows } from './stay-rows';

/** My applications and stays, newest first. */
export function MyStays() {
  const { t } = useLingui();
  useTitle(t`My stays`);
  const { data, error } = useQuery(staysQuery);
  const own = data?.filter(({ mySides }) => mySides.includes('PARTICIPANT'));
  return (
    <section className="stays">
      <h1>
        <Trans>My stays</Trans>
      </h1>
      <FormFault error={error} />
      {own?.length === 0 && (
        <p className="stays-mute">
          <Trans>You have applied for none so far.</Trans>
        </p>
      )}
      {own && <StayRows stays={own} at="/me/stays/$" />}
      <p className="stays-acts">
        <Link to="/stays/$" params={{ _splat: '' }} className="pill">
          <Trans>See the open calls</Trans>
        </Link>
      </p>
    </section>
  );
}
