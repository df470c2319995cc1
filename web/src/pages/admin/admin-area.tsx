import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { Organisations } from './organisations';
import { People } from './people';
import { QueueRoom } from './queues';
import { WebhookRoom } from './webhooks';
import '../security/security.css';
import './admin.css';

/** The operator's rooms: all organisations, everybody's rights, all doors, all work in the background. */
export function AdminArea() {
  const { t } = useLingui();
  useTitle(t`Platform`);
  const { _splat: room = '' } = useParams({ from: '/page/admin/$' });
  const { data: session } = useSession();
  const isOperator = session?.grants.some(({ role }) => role === 'platform_admin');
  if (!isOperator)
    return (
      <QuietPage title={<Trans>This is for whoever runs the platform</Trans>}>
        <p>
          <Trans>Sign in as a platform administrator to come in.</Trans>
        </p>
      </QuietPage>
    );
  return (
    <section className="admin">
      <h1>
        <Trans>Platform</Trans>
      </h1>
      <nav className="admin-rooms" aria-label={t`Rooms`}>
        <Room to="">
          <Trans>People</Trans>
        </Room>
        <Room to="organisations">
          <Trans>Networks and doors</Trans>
        </Room>
        <Room to="queues">
          <Trans>Work in the background</Trans>
        </Room>
        <Room to="webhooks">
          <Trans>Webhooks</Trans>
        </Room>
      </nav>
      {room === 'organisations' ? (
        <Organisations />
      ) : room === 'queues' ? (
        <QueueRoom />
      ) : room === 'webhooks' ? (
        <WebhookRoom />
      ) : (
        <People />
      )}
    </section>
  );
}

function Room({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to="/admin/$" params={{ _splat: to }} activeOptions={{ exact: true }}>
      {children}
    </Link>
  );
}
