import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { membersOfSpaceQuery, putMember } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { useTitle } from '../../shell/title';
import { useOffice } from '../space/rights';
import { MemberStanding } from './member-standing';
import { PeersToReview } from './peers-to-review';
import './charter.css';

/** Where the space stands under its charter, what comes next and by when. */
export function CharterTab() {
  const { t } = useLingui();
  const { space, isManager } = useOffice();
  useTitle(t`Charter`);
  const { data, error } = useQuery(membersOfSpaceQuery(space.id));
  const row = data?.items.find(({ state }) => state !== 'EXITED') ?? data?.items[0];
  return (
    <section>
      <h1>
        <Trans>Charter</Trans>
      </h1>
      {error && <p role="alert">{problemText(error)}</p>}
      {data && !row && isManager && <Begin />}
      {row && (
        <MemberStanding id={row.id} mayAct={isManager}>
          {isManager && <PeersToReview />}
        </MemberStanding>
      )}
    </section>
  );
}

function Begin() {
  const { space } = useOffice();
  const join = useMutation({ mutationFn: () => putMember(newId(), { kind: 'SPACE', spaceId: space.id }) });
  return (
    <div className="charter-state">
      <p className="office-lead">
        <Trans>
          Your space is under no charter. It hosts all the same; whoever signs is reviewed by two other spaces
          and stands on the public page.
        </Trans>
      </p>
      {join.error && (
        <p className="form-fault" role="alert">
          {problemText(join.error)}
        </p>
      )}
      <p>
        <Button color="tomette" loading={join.isPending} onClick={() => join.mutate()}>
          <Trans>Begin to join</Trans>
        </Button>
      </p>
    </div>
  );
}
