import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../../api/problem-text';
import { lineQuery, saveWaitTerms, waitTermsQuery, type LineItem } from '../../../api/waits';
import { dayText } from '../../../i18n/days';
import { partText } from '../../../i18n/parts';
import { Field } from '../form/fields';

type Props = { readonly spaceId: string; readonly from: string; readonly days: number };

const MINUTES = [15, 30, 60, 120, 240, 480, 1440] as const;

/** How many wait for which day, and how long a freed desk is kept for each of them. */
export function Line({ spaceId, from, days }: Props) {
  const { data: line = [] } = useQuery(lineQuery(spaceId, from, days));
  return (
    <section className="panel">
      <h2>
        <Trans>Waitlist</Trans>
      </h2>
      {line.length === 0 && (
        <p>
          <Trans>Nobody waits for a desk this month.</Trans>
        </p>
      )}
      <ul>
        {line.map((item) => (
          <li key={`${item.day} ${item.resourceKind} ${item.poolId} ${item.part}`}>
            {dayText(item.day)} · {partText(item.part)} · <Count item={item} />
          </li>
        ))}
      </ul>
      <Clock spaceId={spaceId} />
    </section>
  );
}

function Count({ item: { waiting, offered } }: { item: LineItem }) {
  return (
    <>
      <Plural value={waiting} _0="nobody waits" one="# waits" other="# wait" />
      {offered > 0 && (
        <>
          {', '}
          <Plural value={offered} one="a desk is kept for #" other="desks are kept for #" />
        </>
      )}
    </>
  );
}

function Clock({ spaceId }: { spaceId: string }) {
  const { t } = useLingui();
  const { data: terms } = useQuery(waitTermsQuery(spaceId));
  const [chosen, setChosen] = useState<number>();
  const save = useMutation({ mutationFn: (minutes: number) => saveWaitTerms(spaceId, minutes) });
  if (!terms) return null;
  const minutes = chosen ?? terms.answerMinutes;
  const known = [...new Set([...MINUTES, minutes])].toSorted((a, b) => a - b);
  return (
    <>
      <Field label={<Trans>A freed desk is kept for an answer</Trans>}>
        {(props) => (
          <select
            {...props}
            className="control"
            value={minutes}
            onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          >
            {known.map((each) => (
              <option key={each} value={each}>
                {t`${String(each)} minutes`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {save.error && <p className="form-fault">{problemText(save.error)}</p>}
      <Button
        variant="default"
        disabled={minutes === terms.answerMinutes}
        loading={save.isPending}
        onClick={() => save.mutate(minutes)}
      >
        <Trans>Save</Trans>
      </Button>
    </>
  );
}
