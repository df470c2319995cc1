import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { DownloadSimple } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { ExportPage, ExportView } from '@wire/exports/export.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { useAct, windowsQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { useHere } from './here';
import { Fault } from './parts/act';
import { Amount } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty } from './parts/table';
import { useParties } from './parties';

const POLL_MS = 2_000;

/** Statements as files: made in the background, kept with their control sum and fingerprint. */
export function ExportsPage() {
  const { t } = useLingui();
  useTitle(t`Exports`);
  const { networkId } = useHere();
  const { data, error } = useQuery({
    queryKey: ['network', 'exports', networkId],
    queryFn: ({ signal }) => call(`/v1/exports?networkId=${networkId}`, { returns: ExportPage, signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((each) => each.state === 'QUEUED' || each.state === 'RUNNING') ? POLL_MS : false,
  });
  return (
    <>
      <h1>
        <Trans>Exports</Trans>
      </h1>
      <NewExport />
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>No file was made yet.</Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {data?.items.map((each) => (
          <Made key={each.id} file={each} />
        ))}
      </ul>
    </>
  );
}

function Made({ file }: { file: ExportView }) {
  return (
    <li>
      <p>
        <strong>
          <bdi dir="ltr">{file.fileName}</bdi>
        </strong>{' '}
        <small>
          <Moment at={file.createdAt} />
        </small>
      </p>
      {(file.state === 'QUEUED' || file.state === 'RUNNING') && (
        <p role="status">
          <progress max={100} value={file.progressPercent} /> <Figures>{`${file.progressPercent} %`}</Figures>
        </p>
      )}
      {file.state === 'FAILED' && (
        <p className="net-warn">
          <Trans>It could not be made. Ask for it again.</Trans>
        </p>
      )}
      {file.state === 'DONE' && (
        <>
          <p className="field-hint">
            <Trans>
              Rows: <Figures>{file.rows}</Figures>
            </Trans>{' '}
            {file.controlSums.map(({ unit, receivesMinor, paysMinor }) => (
              <span key={unit}>
                <Trans>
                  receives <Amount unit={unit} minor={receivesMinor} />, pays{' '}
                  <Amount unit={unit} minor={paysMinor} />
                </Trans>{' '}
              </span>
            ))}
            <bdi dir="ltr" className="net-code">
              {file.sha256}
            </bdi>
          </p>
          {file.isExpired ? (
            <p className="field-hint">
              <Trans>It was kept long enough and is gone; its sums stay.</Trans>
            </p>
          ) : (
            <a className="pill" href={`/v1/exports/${file.id}/file`} download={file.fileName}>
              <DownloadSimple size={20} aria-hidden="true" />
              <Trans>Download</Trans>
            </a>
          )}
        </>
      )}
    </li>
  );
}

function NewExport() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const parties = useParties();
  const { data: windows } = useQuery(windowsQuery(networkId));
  const closed = windows?.items.filter(({ untilDay }) => untilDay !== null).toReversed() ?? [];
  const asking = useAct((form: FormData) =>
    call(`/v1/exports/${newId()}`, {
      method: 'PUT',
      body: {
        windowId: formText(form, 'window'),
        partyId: formText(form, 'party'),
        format: formText(form, 'format'),
        detail: formText(form, 'detail'),
      },
      returns: ExportView,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    asking.mutate(new FormData(event.currentTarget));
  };
  if (closed.length === 0) return null;
  return (
    <form className="panel" onSubmit={submit}>
      <div className="inline-form">
        <label>
          <Trans>Window</Trans>
          <select name="window" className="control">
            {closed.map(({ id, number }) => (
              <option key={id} value={id}>
                {number}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>Party</Trans>
          <select name="party" className="control">
            {parties.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <Trans>File</Trans>
          <select name="format" className="control">
            <option>PDF</option>
            <option>CSV</option>
            <option>XLSX</option>
          </select>
        </label>
        <label>
          <Trans>Detail</Trans>
          <select name="detail" className="control">
            <option value="SUMMARY">{t`Summary`}</option>
            <option value="ITEMISED">{t`Itemised`}</option>
          </select>
        </label>
        <Button type="submit" loading={asking.isPending}>
          <Trans>Make the file</Trans>
        </Button>
      </div>
      <Fault error={asking.error} />
    </form>
  );
}
