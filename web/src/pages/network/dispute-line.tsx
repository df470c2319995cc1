import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { DISPUTE_CODES, DisputeView } from '@wire/disputes/dispute.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { StatementLine } from '@wire/settlement/statement.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { addEvidence, useAct } from '../../api/network';
import { formText } from '../../components/form-text';
import { useHere } from './here';
import { minorOf } from './money-input';
import { Fault } from './parts/act';
import { reasonText } from './words';

/** Files that were chosen, kept one by one; what is kept has an id that a move may name. */
export async function keepFiles(form: FormData, recordId: string): Promise<string[]> {
  const files = form.getAll('files').filter((file): file is File => file instanceof File && file.size > 0);
  const ids: string[] = [];
  for (const file of files) {
    const { id } = await addEvidence(newId(), recordId, file);
    ids.push(id);
  }
  return ids;
}

const EVIDENCE_TYPES = 'application/pdf,image/png,image/jpeg,image/webp';

/** From the line itself: why, how much of it, and what shows it. Everything beside it is paid meanwhile. */
export function DisputeLine({ line }: { line: StatementLine }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <DisputeForm line={line} />;
  return (
    <Button variant="default" onClick={() => setOpen(true)}>
      <Trans>Dispute this line</Trans>
    </Button>
  );
}

function DisputeForm({ line }: { line: StatementLine }) {
  const { networkId, mayRead } = useHere();
  const room = mayRead ? 'disputes' : 'statements/disputes';
  const navigate = useNavigate();
  const { unit } = line.amount;
  const opening = useAct(async (form: FormData) => {
    const minor = minorOf(formText(form, 'amount'), unit);
    return call(`/v1/disputes/${newId()}`, {
      method: 'PUT',
      body: {
        recordId: line.recordId,
        code: formText(form, 'code'),
        text: formText(form, 'text'),
        ...(minor === null ? {} : { amountMinor: minor }),
        scanIds: form.has('scan') ? [line.scanId] : [],
        fileIds: await keepFiles(form, line.recordId),
      },
      returns: DisputeView,
    });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(new FormData(event.currentTarget), {
      onSuccess: ({ id }) =>
        void navigate({ to: '/network/$', params: { _splat: `${networkId}/${room}/${id}` }, search: {} }),
    });
  };
  return (
    <form className="net-form" onSubmit={submit}>
      <h3>
        <Trans>Dispute this line</Trans>
      </h3>
      <Reason />
      <label>
        <Trans>How much of it; empty for all</Trans>
        <input name="amount" className="control es-figures" inputMode="decimal" />
      </label>
      <Attachments hasScan />
      <Fault error={opening.error} />
      <Button type="submit" color="tomette" loading={opening.isPending}>
        <Trans>Open the dispute</Trans>
      </Button>
    </form>
  );
}

function Reason() {
  return (
    <>
      <label>
        <Trans>Reason</Trans>
        <select name="code" className="control">
          {DISPUTE_CODES.map((code) => (
            <option key={code} value={code}>
              {reasonText(code)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <Trans>What happened</Trans>
        <textarea name="text" className="control" rows={4} required maxLength={4000} />
      </label>
    </>
  );
}

/** What shows it: the reading at the door, and files. */
export function Attachments({ hasScan = false }: { hasScan?: boolean }) {
  const { t } = useLingui();
  return (
    <>
      {hasScan && (
        <label className="tick">
          <input name="scan" type="checkbox" defaultChecked />
          <Trans>Attach the scan at the door</Trans>
        </label>
      )}
      <label>
        <Trans>Receipts, photographs, letters</Trans>
        <input name="files" type="file" multiple accept={EVIDENCE_TYPES} className="control" />
        <span className="field-hint">{t`PDF, PNG, JPEG or WebP, up to 10 MB each.`}</span>
      </label>
    </>
  );
}
