import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CorrectionView } from '@wire/data-bank/correction.schema.js';
import { call } from '../../api/call';
import { dayText } from '../../i18n/days';
import { correctionsQuery } from './api';
import { correctionState, dataProblemText, fieldName } from './words';

/** What was told to be wrong, and what came of it; with the answer's form for whoever may give it. */
export function Corrections() {
  const { data: corrections = [] } = useQuery(correctionsQuery);
  return (
    <section className="data-section">
      <h2>
        <Trans>Corrections</Trans>
      </h2>
      {corrections.length === 0 && (
        <p className="data-mute">
          <Trans>Nobody has told us of anything wrong so far.</Trans>
        </p>
      )}
      <ul className="data-entries">
        {corrections.map((correction) => (
          <li key={correction.id} className="data-entry">
            <h3>{correction.name}</h3>
            <p>
              {fieldName(correction.field)} · <strong>{correctionState(correction.state)}</strong>{' '}
              <span className="data-mute">{dayText(correction.requestedAt.slice(0, 10))}</span>
            </p>
            {correction.proposed && <p>{correction.proposed}</p>}
            {correction.mayDecide && correction.note && <p className="data-mute">{correction.note}</p>}
            {correction.reason && <blockquote>{correction.reason}</blockquote>}
            {correction.mayDecide && correction.state === 'REQUESTED' && <Answer correction={correction} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Answer({ correction: { id, field } }: { correction: CorrectionView }) {
  const queries = useQueryClient();
  const deciding = useMutation({
    mutationFn: (body: { outcome: string; reason: string }) =>
      call(`/v1/data-bank/corrections/${id}/decision`, { method: 'PUT', body, returns: CorrectionView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['data-bank'] }),
  });
  const found = field === 'existence' ? 'WITHDRAWN' : 'CORRECTED';
  return (
    <form
      className="data-form"
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent;
        const outcome = submitter?.getAttribute('value') ?? 'REFUSED';
        deciding.mutate({ outcome, reason: new FormData(event.currentTarget).get('reason') as string });
      }}
    >
      <label>
        <Trans>Your reason, which everybody reads</Trans>
        <textarea name="reason" rows={2} required maxLength={500} />
      </label>
      {deciding.error && (
        <p className="say-fault" role="alert">
          {dataProblemText(deciding.error)}
        </p>
      )}
      <p className="data-files">
        <button className="pill pill-strong" value={found} disabled={deciding.isPending}>
          {field === 'existence' ? <Trans>Withdraw it</Trans> : <Trans>Correct it</Trans>}
        </button>
        <button className="pill" value="REFUSED" disabled={deciding.isPending}>
          <Trans>Refuse</Trans>
        </button>
      </p>
    </form>
  );
}
