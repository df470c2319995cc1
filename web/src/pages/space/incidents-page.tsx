import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BlockPage, BlockView } from '@wire/bookings/block.schema.js';
import { OverridePage } from '@wire/checkin/desk.schema.js';
import { IncidentPage } from '@wire/checkin/incident.schema.js';
import { call } from '../../api/call';
import { blockReason, blockState, IncidentThread } from '../../components/incident-thread';
import { FormFault } from '../../components/say-form';
import { reasonWord } from '../../door/reason-text';
import { clockAt, dayText } from '../../i18n/days';
import { BlockGuest } from './block-guest';
import { useOffice } from './rights';
import '../me/incidents-page.css';

/** Incidents of a space; for its managers also whom it blocks, and who was let in against the door. */
export function IncidentsTab() {
  const { space, isManager } = useOffice();
  const queryKey = ['space', space.id, 'incidents'];
  const incidents = useQuery({
    queryKey,
    queryFn: async () => (await call(`/v1/incidents?spaceId=${space.id}`, { returns: IncidentPage })).items,
  });
  return (
    <section className="incidents">
      <h1>
        <Trans>Incidents</Trans>
      </h1>
      <FormFault error={incidents.error} />
      {incidents.data?.length === 0 && (
        <p className="incidents-none">
          <Trans>
            Nothing has gone wrong so far. Incidents are reported at the door, beside a guest's name.
          </Trans>
        </p>
      )}
      {incidents.data?.map((incident) => (
        <IncidentThread key={incident.id} incident={incident} side="SPACE" queryKey={queryKey} />
      ))}
      {isManager && <Blocked />}
      {isManager && <LetIn />}
    </section>
  );
}

function Blocked() {
  const { space } = useOffice();
  const queryKey = ['space', space.id, 'blocks'];
  const { data = [], error } = useQuery({
    queryKey,
    queryFn: async () => (await call(`/v1/blocks?spaceId=${space.id}`, { returns: BlockPage })).items,
  });
  return (
    <>
      <h2>
        <Trans>Blocked guests</Trans>
      </h2>
      <FormFault error={error} />
      {data.map((block) => (
        <Block key={block.id} block={block} queryKey={queryKey} />
      ))}
      <BlockGuest queryKey={queryKey} />
    </>
  );
}

function Block({ block, queryKey }: { block: BlockView; queryKey: readonly unknown[] }) {
  const queries = useQueryClient();
  const lift = useMutation({
    mutationFn: () => call(`/v1/blocks/${block.id}`, { method: 'DELETE', returns: BlockView }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <article className="incident">
      <h3>{block.firstName}</h3>
      <p className="incident-facts">
        {blockState(block)} · {blockReason(block.reason)}
      </p>
      <blockquote>{block.statement}</blockquote>
      {block.appeal && (
        <p>
          <strong>
            <Trans>Appeal</Trans>
          </strong>{' '}
          {block.appeal.statement}
        </p>
      )}
      <FormFault error={lift.error} />
      {block.state === 'IN_FORCE' && (
        <div className="incident-acts">
          <button type="button" className="pill" disabled={lift.isPending} onClick={() => lift.mutate()}>
            <Trans>Lift the block</Trans>
          </button>
        </div>
      )}
    </article>
  );
}

function LetIn() {
  const { space } = useOffice();
  const { data = [], error } = useQuery({
    queryKey: ['space', space.id, 'overrides'],
    queryFn: async () => (await call(`/v1/overrides?spaceId=${space.id}`, { returns: OverridePage })).items,
  });
  return (
    <>
      <h2>
        <Trans>Let in against the door</Trans>
      </h2>
      <FormFault error={error} />
      {data.length === 0 && (
        <p className="incidents-none">
          <Trans>Nobody so far.</Trans>
        </p>
      )}
      {data.map((override) => (
        <article key={override.id} className="incident">
          <h3>{override.firstName}</h3>
          <p className="incident-facts">
            {dayText(override.createdAt.slice(0, 10))}, {clockAt(override.createdAt, space.timeZone)} ·{' '}
            {reasonWord(override.refusedBecause)}
          </p>
          <blockquote>{override.reason}</blockquote>
        </article>
      ))}
    </>
  );
}
