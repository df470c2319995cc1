import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { InvitationView, MembershipView, MemberView } from '@wire/identity/organisation.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { wirePage } from '@wire/kernel/wire.js';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { queries } from '../../app/queries';
import { Tile } from '../../brand/tile';
import { currentLocale } from '../../i18n/activate';
import { dayText } from '../../i18n/days';
import { Choice, Field } from './form/fields';
import { useOffice } from './rights';
import './team-tab.css';

const Delegations = lazy(async () => ({ default: (await import('../charter/delegations')).Delegations }));

type Member = MemberView;
type TeamRole = 'space_staff' | 'space_manager' | 'facilitator';

const TEAM_ROLES: readonly string[] = ['space_staff', 'space_manager', 'facilitator'];
const Members = wirePage(MemberView);
const Invitations = wirePage(InvitationView);

const changed = () => queries.invalidateQueries({ queryKey: ['team'] });

/** Who works here, who is invited, and what each may do. */
export function TeamTab() {
  const { t } = useLingui();
  const { space } = useOffice();
  const members = useQuery({
    queryKey: ['team', space.operatorId, 'members'],
    queryFn: () => call(`/v1/organisations/${space.operatorId}/memberships`, { returns: Members }),
  });
  const invitations = useQuery({
    queryKey: ['team', space.operatorId, 'invitations'],
    queryFn: () => call(`/v1/organisations/${space.operatorId}/invitations`, { returns: Invitations }),
  });
  const error = members.error ?? invitations.error;
  const team = members.data?.items.filter(
    ({ endedAt, role }) => endedAt === null && TEAM_ROLES.includes(role),
  );
  return (
    <section className="team">
      <h1>
        <Trans>Team</Trans>
      </h1>
      <p className="office-lead">
        <Trans>Everybody here works at every space of the same operator.</Trans>
      </p>
      {error && <p className="form-fault">{problemText(error)}</p>}
      <div className="panel">
        <ul className="team-list" aria-label={t`Team`}>
          {team?.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      </div>
      {invitations.data && invitations.data.items.length > 0 && (
        <div className="panel">
          <h2>
            <Trans>Invited, not here yet</Trans>
          </h2>
          <ul className="team-list" aria-label={t`Invited, not here yet`}>
            {invitations.data.items.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </div>
      )}
      <Invite />
      <Suspense fallback={null}>
        <Delegations />
      </Suspense>
    </section>
  );
}

function roleName(role: string): ReactNode {
  switch (role) {
    case 'space_manager':
      return <Trans>manages the space</Trans>;
    case 'space_staff':
      return <Trans>works at the door</Trans>;
    case 'facilitator':
      return <Trans>introduces people</Trans>;
    default:
      return role;
  }
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const [isRemoving, setRemoving] = useState(false);
  const isMe = session?.person.id === member.personId;
  const change = useMutation({
    mutationFn: (role: TeamRole) => changeRole(member, role),
    onSuccess: changed,
  });
  const removal = useMutation({
    mutationFn: () => call(`/v1/memberships/${member.id}`, { method: 'DELETE', returns: MembershipView }),
    onSuccess: changed,
  });
  const error = change.error ?? removal.error;
  return (
    <li aria-label={member.name}>
      <Tile id={member.personId} className="team-tile" />
      <div className="team-who">
        <strong>
          {member.name} {isMe && <Trans>(you)</Trans>}
        </strong>
        <span>{member.email}</span>
      </div>
      {isMe ? (
        <span>{roleName(member.role)}</span>
      ) : (
        <select
          className="control team-role"
          aria-label={t`Role of ${member.name}`}
          value={member.role}
          disabled={change.isPending}
          onChange={({ currentTarget }) => change.mutate(currentTarget.value as TeamRole)}
        >
          <RoleOptions />
        </select>
      )}
      {!isMe && !isRemoving && (
        <button type="button" className="pill" onClick={() => setRemoving(true)}>
          <Trans>Remove</Trans>
        </button>
      )}
      {isRemoving && (
        <div className="team-ask" role="group" aria-label={t`Remove ${member.name}`}>
          <p>
            <Trans>{member.name} loses this role at once, on every device.</Trans>
          </p>
          <Button color="tomette" loading={removal.isPending} onClick={() => removal.mutate()}>
            <Trans>Yes, remove</Trans>
          </Button>
          <Button variant="default" onClick={() => setRemoving(false)}>
            <Trans>Keep them</Trans>
          </Button>
        </div>
      )}
      {error && <p className="form-fault">{problemText(error)}</p>}
    </li>
  );
}

function RoleOptions() {
  const { t } = useLingui();
  return (
    <>
      <option value="space_staff">{t`works at the door`}</option>
      <option value="space_manager">{t`manages the space`}</option>
      <option value="facilitator">{t`introduces people`}</option>
    </>
  );
}

/** The new role first, so that nobody is without one in between. */
async function changeRole({ id, personId, organisationId }: Member, role: TeamRole): Promise<void> {
  const body = { personId, organisationId, role };
  await call(`/v1/memberships/${newId()}`, { method: 'PUT', body, returns: MembershipView });
  await call(`/v1/memberships/${id}`, { method: 'DELETE', returns: MembershipView });
}

function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const withdrawal = useMutation({
    mutationFn: () => call(`/v1/invitations/${invitation.id}`, { method: 'DELETE', returns: InvitationView }),
    onSuccess: changed,
  });
  const until = dayText(invitation.expiresAt.slice(0, 10), { day: 'numeric', month: 'long' });
  return (
    <li aria-label={invitation.email}>
      <div className="team-who">
        <strong>{invitation.email}</strong>
        <span>
          {roleName(invitation.role)} · <Trans>valid until {until}</Trans>
        </span>
      </div>
      <button type="button" className="pill" onClick={() => withdrawal.mutate()}>
        <Trans>Withdraw</Trans>
      </button>
      {withdrawal.error && <p className="form-fault">{problemText(withdrawal.error)}</p>}
    </li>
  );
}

function Invite() {
  const { space } = useOffice();
  const form = useForm<{ email: string; role: TeamRole }>({
    initialValues: { email: '', role: 'space_staff' },
  });
  const inviting = useMutation({
    mutationFn: (body: { email: string; role: TeamRole }) =>
      call(`/v1/invitations/${newId()}`, {
        method: 'PUT',
        body: { organisationId: space.operatorId, language: currentLocale(), ...body },
        returns: InvitationView,
      }),
    onSuccess: async () => {
      form.reset();
      await changed();
    },
  });
  return (
    <form className="panel team-invite" onSubmit={form.onSubmit((values) => inviting.mutate(values))}>
      <h2>
        <Trans>Invite somebody</Trans>
      </h2>
      <Field label={<Trans>E-mail of your colleague</Trans>}>
        {(props) => (
          <input {...props} type="email" className="control" required {...form.getInputProps('email')} />
        )}
      </Field>
      <Choice
        label={<Trans>Role</Trans>}
        hint={<Trans>At the door: scans, visits, bookings. Managing: all of this office as well.</Trans>}
        value={form.values.role}
        options={[
          ['space_staff', <Trans key="staff">works at the door</Trans>],
          ['space_manager', <Trans key="manager">manages the space</Trans>],
          ['facilitator', <Trans key="facilitator">introduces people</Trans>],
        ]}
        onChange={(role) => form.setFieldValue('role', role)}
      />
      {inviting.error && <p className="form-fault">{problemText(inviting.error)}</p>}
      <Button type="submit" color="tomette" loading={inviting.isPending}>
        <Trans>Send the invitation</Trans>
      </Button>
      {inviting.isSuccess && (
        <p role="status" className="team-sent">
          <Trans>Sent. The link in the mail works once, for 14 days.</Trans>
        </p>
      )}
    </form>
  );
}
