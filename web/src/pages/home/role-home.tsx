import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rolesOf } from '../../api/role-homes';
import { useSession } from '../../api/session';
import { Tile } from '../../brand/tile';
import { QuietPage } from '../../shell/faults';
import { SignedIn } from '../../shell/signed-in';
import { useTitle } from '../../shell/title';
import { ROLE_NAMES } from './role-names';
import './role-home.css';

/** Where facilitators, public sponsors and researchers begin; for others, why it is not theirs. */
export function RoleHome() {
  const { i18n } = useLingui();
  const { role } = useParams({ from: '/page/home/$role' });
  const { data: session } = useSession();
  const name = ROLE_NAMES[role];
  const title = name ? i18n._(name) : undefined;
  useTitle(title);
  if (!session) return <SignedIn />;
  if (!title || !rolesOf(session).some((held) => held === role))
    return (
      <QuietPage title={<Trans>This is the page of another role</Trans>}>
        <p>
          <Trans>
            You do not have that role. An administrator of the network or the institution can give it to you.
          </Trans>
        </p>
      </QuietPage>
    );
  const own = session.grants.find((grant) => grant.role === role);
  return (
    <section className="role-home">
      <Tile id={own?.organisationId ?? role} className="role-home-tile" />
      <h1>{title}</h1>
      <p className="role-home-lead">
        <Lead role={role} />
      </p>
      <ul className="role-home-acts">
        {(role === 'facilitator' ? FACILITATOR : role === 'public_sponsor' ? SPONSOR : RESEARCHER).map(
          ([to, label, words]) => (
            <li key={to}>
              <Link to={to}>
                <strong>{label}</strong>
                <span>{words}</span>
              </Link>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

function Lead({ role }: { role: string }) {
  if (role === 'facilitator') return <Trans>You bring people of different places together.</Trans>;
  if (role === 'public_sponsor')
    return <Trans>You see what public money and visits do for your territory.</Trans>;
  return <Trans>You check how figures are made, and make them again.</Trans>;
}

type Act = readonly [to: string, label: ReactNode, words: ReactNode];
const SPACES: Act = [
  '/spaces',
  <Trans key="spaces">Spaces</Trans>,
  <Trans key="spaces-words">Who is in the network, where, and what they offer.</Trans>,
];
const FACILITATOR: readonly Act[] = [
  [
    '/encounters',
    <Trans key="encounters">Encounters and cross services</Trans>,
    <Trans key="encounters-words">Who comes, whom to introduce, what is written down and followed up.</Trans>,
  ],
  [
    '/stays',
    <Trans key="stays">Immersion stays</Trans>,
    <Trans key="stays-words">Calls that are open, and guests who look for a host like you.</Trans>,
  ],
  [
    '/charter',
    <Trans key="charter">Charter</Trans>,
    <Trans key="charter-words">What the members promise each other, and who has signed.</Trans>,
  ],
  [
    '/impact',
    <Trans key="impact">Impact of the quarter</Trans>,
    <Trans key="impact-words">Write what the figures show, and what they cannot say.</Trans>,
  ],
  SPACES,
];
const SPONSOR: readonly Act[] = [
  [
    '/sponsor',
    <Trans key="programmes">Programmes and our agents</Trans>,
    <Trans key="programmes-words">
      Budgets in four columns, vouchers, and days attested for your agents.
    </Trans>,
  ],
  [
    '/stays/office',
    <Trans key="stays">Immersion stays</Trans>,
    <Trans key="office-words">Applications of your people, hosts, agreements and what they cost.</Trans>,
  ],
  [
    '/sponsor/charter',
    <Trans key="charter">Charter</Trans>,
    <Trans key="sign-words">Sign it for your institution, and act for spaces that let you.</Trans>,
  ],
  [
    '/impact',
    <Trans key="impact">Impact on your territory</Trans>,
    <Trans key="impact-words">Flows, income of spaces and encounters, quarter by quarter.</Trans>,
  ],
  SPACES,
];
const RESEARCHER: readonly Act[] = [
  [
    '/impact',
    <Trans key="impact">Run a quarter</Trans>,
    <Trans key="impact-words">Freeze, compute, check for disclosure, review, publish.</Trans>,
  ],
  SPACES,
];
