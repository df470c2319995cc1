import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EntryPage, EntryView } from '@wire/data-bank/catalogue.schema.js';
import { CORRECTION_FIELDS, CorrectionView } from '@wire/data-bank/correction.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { dataProblemText, fieldName, labelName } from './words';

export function Entries({ page }: { page: EntryPage }) {
  const { total } = page;
  return (
    <section>
      <h2 className="data-count" aria-live="polite">
        {total === 0 ? (
          <Trans>Nothing fits. Search for something else, or tell us below where a place is missing.</Trans>
        ) : (
          plural(total, { one: '# record', other: '# records' })
        )}
      </h2>
      <ul className="data-entries">
        {page.items.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: EntryView }) {
  const { t } = useLingui();
  const { labels, address, postcode, city, country, source, licence, asOf } = entry;
  const where = [address, [postcode, city].filter(Boolean).join(' '), country].filter(Boolean).join(', ');
  return (
    <article className="data-entry">
      <h3>
        {entry.kind === 'SPACE' ? (
          <Link to="/spaces/$spaceId" params={{ spaceId: entry.id }}>
            {entry.name}
          </Link>
        ) : (
          entry.name
        )}
      </h3>
      <p>{where}</p>
      {labels.length > 0 && (
        <p className="data-labels">
          {labels.map((label) => (
            <span key={label}>{labelName(label)}</span>
          ))}
        </p>
      )}
      <p className="data-mute">
        {source} · {licence} · <bdi dir="ltr">{asOf}</bdi>
      </p>
      <details>
        <summary>
          <Trans>Where each field comes from</Trans>
        </summary>
        <dl className="data-fields">
          {Object.entries(entry.provenance).map(([field, from]) => (
            <div key={field}>
              <dt>
                <bdi dir="ltr">{field}</bdi>
              </dt>
              <dd>
                {from.source} · {from.licence} · <bdi dir="ltr">{from.asOf}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary aria-label={t`Something is wrong: ${entry.name}`}>
          <Trans>Something is wrong</Trans>
        </summary>
        <Wrong entry={entry} />
      </details>
    </article>
  );
}

type Said = { field: string; proposed: string | null; note: string };

function Wrong({ entry }: { entry: EntryView }) {
  const queries = useQueryClient();
  const [id, renew] = useState(newId);
  const [field, setField] = useState<(typeof CORRECTION_FIELDS)[number]>('name');
  const asking = useMutation({
    mutationFn: (said: Said) =>
      call(`/v1/data-bank/corrections/${id}`, {
        method: 'PUT',
        body: { entryId: entry.id, ...said },
        returns: CorrectionView,
      }),
    onSuccess: () => {
      renew(newId());
      return queries.invalidateQueries({ queryKey: ['data-bank', 'corrections'] });
    },
  });
  if (asking.isSuccess)
    return (
      <p role="status">
        <Trans>Thank you. Somebody who knows the place answers; you find the answer below.</Trans>
      </p>
    );
  return (
    <form
      className="data-form"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const proposed = field === 'existence' ? null : (data.get('proposed') as string);
        asking.mutate({ field, proposed, note: data.get('note') as string });
      }}
    >
      <label>
        <Trans>What is it about?</Trans>
        <select value={field} onChange={(event) => setField(event.target.value as typeof field)}>
          {CORRECTION_FIELDS.map((name) => (
            <option key={name} value={name}>
              {fieldName(name)}
            </option>
          ))}
        </select>
      </label>
      {field !== 'existence' && (
        <label>
          <Trans>It should say</Trans>
          <input name="proposed" required maxLength={300} />
        </label>
      )}
      <label>
        <Trans>How do you know?</Trans>
        <textarea name="note" rows={2} required maxLength={500} />
      </label>
      {asking.error && (
        <p className="say-fault" role="alert">
          {dataProblemText(asking.error)}
        </p>
      )}
      <button className="pill pill-strong" disabled={asking.isPending}>
        <Trans>Report</Trans>
      </button>
    </form>
  );
}
