import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { actOnMember, memberQuery, reviewableQuery, type MemberRow } from '../../api/charter';
import { useOffice } from '../space/rights';
import { Fault } from './joining-forms';
import { topicText } from './words';

const REASONS_LENGTH_MIN = 20;

/** Other spaces that wait for somebody to look at their assessment. */
export function PeersToReview() {
  const { space } = useOffice();
  const { data } = useQuery(reviewableQuery(space.id));
  const [open, setOpen] = useState<string | null>(null);
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>Spaces that wait for a peer</Trans>
      </h2>
      <ul className="charter-list">
        {data.items.map((row) => (
          <li key={row.id}>
            <strong>{row.space?.name ?? row.organisation.name}</strong> {row.space?.city}
            <div className="charter-acts">
              <Button variant="default" onClick={() => setOpen(open === row.id ? null : row.id)}>
                <Trans>Review</Trans>
              </Button>
            </div>
            {open === row.id && <Review row={row} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Review({ row }: { row: MemberRow }) {
  const { t } = useLingui();
  const { space } = useOffice();
  const [id] = useState(() => newId());
  const [reasons, setReasons] = useState('');
  const [hasNoInterest, setNoInterest] = useState(false);
  const { data: member } = useQuery(memberQuery(row.id));
  const review = useMutation({
    mutationFn: (verdict: 'RECOMMENDED' | 'RETURNED') =>
      actOnMember(
        row.id,
        'peer-reviews',
        { reviewerSpaceId: space.id, verdict, reasons, hasNoInterest: true },
        id,
      ),
  });
  const isReady = hasNoInterest && reasons.trim().length >= REASONS_LENGTH_MIN;
  return (
    <div className="charter-form">
      <dl>
        {member?.assessment?.answers.map(({ topic, score, evidence }) => (
          <div key={topic}>
            <dt>
              {topicText(topic)}: {score}
            </dt>
            <dd dir="auto">{evidence}</dd>
          </div>
        ))}
      </dl>
      <Textarea
        label={t`Reasons, for the space`}
        required
        autosize
        minRows={3}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
      />
      <label className="charter-check">
        <input
          type="checkbox"
          checked={hasNoInterest}
          onChange={(event) => setNoInterest(event.currentTarget.checked)}
        />
        <Trans>We have no interest of our own in the outcome</Trans>
      </label>
      <Fault error={review.error} />
      <div className="charter-acts">
        <Button
          color="tomette"
          disabled={!isReady}
          loading={review.isPending}
          onClick={() => review.mutate('RECOMMENDED')}
        >
          <Trans>Recommend</Trans>
        </Button>
        <Button variant="default" disabled={!isReady} onClick={() => review.mutate('RETURNED')}>
          <Trans>Send back</Trans>
        </Button>
      </div>
    </div>
  );
}
