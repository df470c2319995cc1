import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BlockPage, BlockView } from '@wire/bookings/block.schema.js';
import { IncidentPage, IncidentView, INCIDENT_KINDS } from '@wire/checkin/incident.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { spacesQuery } from '../../api/spaces';
import { blockReason, blockState, IncidentThread } from '../../components/incident-thread';
import { dayText } from '../../i18n/days';
import { incidentKind } from '../../i18n/incident-kinds';
import { useTitle } from '../../shell/title';
import { FormFault, SayForm } from '../../components/say-form';
import './incidents-page.css';

/** What went wrong between me and a space, from both sides; and where I may not come, why, and what I can do. */
export function IncidentsPage() {
  const { t } = useLingui();
  useTitle(t`Incidents`);
  const blocks = useQuery({
    queryKey: ['mine', 'blocks'],
    queryFn: async () => (await call('/v1/blocks', { returns: BlockPage })).items,
  });
  const incidents = useQuery({
    queryKey: ['mine', 'incidents'],
    queryFn: async () => (await call('/v1/incidents', { returns: IncidentPage })).items,
  });
  return (
    <section className="incidents">
      <h1>
        <Trans>Incidents</Trans>
      </h1>
      <FormFault error={blocks.error ?? incidents.error} />
      {blocks.data?.map((block) => (
        <Block key={block.id} block={block} />
      ))}
      <Report />
      {incidents.data?.length === 0 && (
        <p className="incidents-none">
          <Trans>Nothing has gone wrong so far.</Trans>
        </p>
      )}
      {incidents.data?.map((incident) => (
        <IncidentThread key={incident.id} incident={incident} side="GUEST" queryKey={['mine', 'incidents']} />
      ))}
    </section>
  );
}

function Block({ block }: { block: BlockView }) {
  const queries = useQueryClient();
  const appeal = useMutation({
    mutationFn: (statement: string) =>
      call(`/v1/blocks/${block.id}/appeal`, { method: 'PUT', body: { statement }, returns: BlockView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mine', 'blocks'] }),
  });
  const until = block.until && dayText(block.until);
  return (
    <article className={`incident ${block.state === 'IN_FORCE' ? 'incident-block' : ''}`}>
      <h2>{block.spaceName}</h2>
      <p className="incident-facts">
        {blockState(block)} · {blockReason(block.reason)}
        {until && (
          <>
            {' · '}
            <Trans>until {until}</Trans>
          </>
        )}
      </p>
      <blockquote>{block.statement}</blockquote>
      {block.appeal && (
        <p>
          <strong>
            <Trans>Your appeal</Trans>
          </strong>{' '}
          {block.appeal.statement}
        </p>
      )}
      {block.decision && (
        <p>
          <strong>
            {block.decision.outcome === 'LIFTED' ? (
              <Trans>Lifted by the network</Trans>
            ) : (
              <Trans>Upheld by the network</Trans>
            )}
          </strong>{' '}
          {block.decision.statement}
        </p>
      )}
      {block.appeal && !block.decision && (
        <p role="status">
          <Trans>Somebody of the network who did not block you decides. The answer comes by mail.</Trans>
        </p>
      )}
      {!block.appeal && block.state === 'IN_FORCE' && (
        <SayForm
          label={<Trans>Appeal: why should this end?</Trans>}
          submit={<Trans>Appeal</Trans>}
          isBusy={appeal.isPending}
          error={appeal.error}
          onSay={(statement) => appeal.mutate(statement)}
        />
      )}
    </article>
  );
}

function Report() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const { data: spaces = [] } = useQuery(spacesQuery);
  const [id, renew] = useState(newId);
  const report = useMutation({
    mutationFn: (body: { spaceId: string; kind: string; text: string }) =>
      call(`/v1/incidents/${id}`, { method: 'PUT', body, returns: IncidentView }),
    onSuccess: () => {
      renew(newId());
      return queries.invalidateQueries({ queryKey: ['mine', 'incidents'] });
    },
  });
  const sorted = spaces.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <details className="incident">
      <summary>
        <Trans>Report an incident</Trans>
      </summary>
      <form
        className="incident-form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          report.mutate({
            spaceId: data.get('space') as string,
            kind: data.get('kind') as string,
            text: data.get('text') as string,
          });
        }}
      >
        <label>
          <Trans>Space</Trans>
          <select name="space" required>
            {sorted.map((space) => (
              <option key={space.id} value={space.id}>
                {space.name}, {space.city}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>What is it about?</Trans>
          <select name="kind">
            {INCIDENT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {incidentKind(kind)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>What happened?</Trans>
          <textarea name="text" rows={4} required maxLength={2000} />
        </label>
        {report.error && (
          <p className="say-fault" role="alert">
            {problemText(report.error)}
          </p>
        )}
        <button type="submit" className="pill pill-strong" disabled={report.isPending} aria-label={t`Report`}>
          <Trans>Report</Trans>
        </button>
      </form>
    </details>
  );
}
