import { Trans } from '@lingui/react/macro';
import { INCIDENT_KINDS, IncidentView } from '@wire/checkin/incident.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { incidentKind } from '../../i18n/incident-kinds';
import { DeskForm } from './desk-dialog';
import { useDesk, useDeskAct } from './desk-context';

/** A space writes down what happened with a guest, who reads it and may answer. */
export function IncidentDialog({ visitId, onClose }: { visitId: string; onClose: () => void }) {
  const { space } = useDesk();
  const [id] = useState(newId);
  const report = useDeskAct(
    (told: { kind: string; text: string }) => ({
      path: `/v1/incidents/${id}`,
      body: { spaceId: space.id, visitId, ...told },
      returns: IncidentView,
    }),
    onClose,
  );
  return (
    <DeskForm
      title={<Trans>Report an incident</Trans>}
      submit={<Trans>Report</Trans>}
      isBusy={report.isPending}
      error={report.error}
      onClose={onClose}
      onSubmit={(data) =>
        report.mutate({ kind: data.get('kind') as string, text: data.get('text') as string })
      }
    >
      <p>
        <Trans>The guest reads this and can answer. Your managers see both.</Trans>
      </p>
      <label className="desk-field">
        <Trans>What is it about?</Trans>
        <select name="kind" defaultValue="HOUSE_RULES">
          {INCIDENT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {incidentKind(kind)}
            </option>
          ))}
        </select>
      </label>
      <label className="desk-field">
        <Trans>What happened?</Trans>
        <textarea name="text" rows={4} required maxLength={2000} />
      </label>
    </DeskForm>
  );
}
