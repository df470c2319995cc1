import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { SessionView } from '@wire/identity/session.schema.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { problemText } from '../../api/problem-text';
import { useSession, worksAt } from '../../api/session';
import { spacesQuery } from '../../api/spaces';
import { enrol, pairDoor, pairingIn } from '../../door/paired-door';
import { QuietPage } from '../../shell/faults';
import { LinkButton } from '../../components/link-button';

/** A tablet is paired with a code from the manager, or used by somebody who works here. */
export function ChooseDoor() {
  const session = useSession();
  const pairing = pairingIn(location.hash);
  if (pairing) return <Pairing pairing={pairing} />;
  if (session.isPending) return null;
  return (
    <main className="shell-main">{session.data ? <MyDoors session={session.data} /> : <NobodyHere />}</main>
  );
}

function Pairing({ pairing }: { pairing: NonNullable<ReturnType<typeof pairingIn>> }) {
  const enrolment = useMutation({
    mutationFn: () => enrol(pairing),
    onSuccess: () => history.replaceState(null, '', '/desk'),
  });
  return (
    <main className="shell-main">
      <QuietPage title={<Trans>Pair this tablet</Trans>}>
        <p>
          <Trans>It will be the door of one space, and keep working there without anybody signed in.</Trans>
        </p>
        {enrolment.error && (
          <p className="form-fault" role="alert">
            {problemText(enrolment.error)}
          </p>
        )}
        <Button color="tomette" size="lg" loading={enrolment.isPending} onClick={() => enrolment.mutate()}>
          <Trans>Pair</Trans>
        </Button>
      </QuietPage>
    </main>
  );
}

function NobodyHere() {
  return (
    <QuietPage title={<Trans>Whose door is this?</Trans>}>
      <p>
        <Trans>Scan the pairing code that the manager of the space shows, or sign in if you work here.</Trans>
      </p>
      <LinkButton to="/sign-in" search={{ next: '/desk' }} color="tomette">
        <Trans>Sign in</Trans>
      </LinkButton>
    </QuietPage>
  );
}

function MyDoors({ session }: { session: SessionView }) {
  const { data: spaces = [] } = useQuery(spacesQuery);
  const mine = spaces.filter((space) => worksAt(session, space));
  return (
    <QuietPage title={<Trans>Which door is this?</Trans>}>
      {mine.length === 0 && (
        <p>
          <Trans>You do not work at the door of any space. Ask the manager of the space to invite you.</Trans>
        </p>
      )}
      <ul className="door-choices">
        {mine.map(({ id, name, city }) => (
          <li key={id}>
            <button type="button" className="door-choice" onClick={() => void pairDoor({ spaceId: id })}>
              <strong>{name}</strong> {city}
            </button>
          </li>
        ))}
      </ul>
    </QuietPage>
  );
}
