import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { AttendanceView } from '@wire/encounters/encounter.schema.js';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { SignedIn } from '../../shell/signed-in';
import { useTitle } from '../../shell/title';
import { useLinkSecret } from '../account/link-secret';
import { encounterProblemText } from './words';

/** What a phone opens that has read the code on the spot. */
export function AttendPage() {
  const { t } = useLingui();
  useTitle(t`I am here`);
  const { data: session } = useSession();
  const secret = useLinkSecret('escale.encounter');
  const attending = useMutation({
    mutationFn: (side: AttendanceView['side']) =>
      call(`/v1/encounters/${secret?.id ?? ''}/attendance`, {
        method: 'PUT',
        body: { code: secret?.token ?? '', side },
        returns: AttendanceView,
      }),
  });
  if (!session) return <SignedIn />;
  if (attending.data) {
    const { title } = attending.data;
    return (
      <div className="meet meet-attend" role="status">
        <h1>{title}</h1>
        <p>
          <Trans>You are here. Thank you.</Trans>
        </p>
      </div>
    );
  }
  return (
    <div className="meet meet-attend">
      <h1>
        <Trans>From which side do you come?</Trans>
      </h1>
      <button
        className="pill pill-strong"
        disabled={attending.isPending}
        onClick={() => attending.mutate('INSTITUTION')}
      >
        <Trans>From an institution</Trans>
      </button>
      <button
        className="pill pill-strong"
        disabled={attending.isPending}
        onClick={() => attending.mutate('USER')}
      >
        <Trans>From a space: I work there, or run it</Trans>
      </button>
      {(attending.error || !secret) && (
        <p className="say-fault" role="alert">
          {attending.error ? (
            encounterProblemText(attending.error)
          ) : (
            <Trans>Read the code again that is shown there.</Trans>
          )}
        </p>
      )}
    </div>
  );
}
