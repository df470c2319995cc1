import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BlockReason, BlockView } from '@wire/bookings/block.schema.js';
import { IncidentView } from '@wire/checkin/incident.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../api/call';
import { dayText } from '../i18n/days';
import { incidentKind } from '../i18n/incident-kinds';
import { FormFault, SayForm } from './say-form';

const STATES: Record<IncidentView['state'], MessageDescriptor> = {
  OPEN: msg`open`,
  ANSWERED: msg`answered`,
  CLOSED: msg`closed`,
};

const REASONS: Record<BlockReason, MessageDescriptor> = {
  HOUSE_RULES: msg`House rules`,
  DAMAGE: msg`Damage`,
  HARASSMENT: msg`Harassment`,
  SAFETY: msg`Safety`,
  MISUSE: msg`Misuse of the pass`,
  OTHER: msg`Something else`,
};
const BLOCK_STATES: Record<BlockView['state'], MessageDescriptor> = {
  IN_FORCE: msg`blocked`,
  ENDED: msg`block has ended`,
  LIFTED: msg`block lifted`,
};

export const blockReason = (reason: BlockReason): string => i18n._(REASONS[reason]);
export const blockState = ({ state }: BlockView): string => i18n._(BLOCK_STATES[state]);

interface Thread {
  readonly incident: IncidentView;
  /** Who is looking. */
  readonly side: IncidentView['reportedBy'];
  readonly queryKey: readonly unknown[];
}

/** One incident, what was said about it, and what the reader can add. */
export function IncidentThread({ incident, side, queryKey }: Thread) {
  const { id, kind, state, text, answers, reportedBy } = incident;
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey });
  const [answerId, renew] = useState(newId);
  const answer = useMutation({
    mutationFn: (said: string) =>
      call(`/v1/incident-answers/${answerId}`, {
        method: 'PUT',
        body: { incidentId: id, text: said },
        returns: IncidentView,
      }),
    onSuccess: () => {
      renew(newId());
      return onSuccess();
    },
  });
  const close = useMutation({
    mutationFn: () => call(`/v1/incidents/${id}/closure`, { method: 'PUT', returns: IncidentView }),
    onSuccess,
  });
  const day = dayText(incident.createdAt.slice(0, 10));
  return (
    <article className="incident">
      <h2>{side === 'GUEST' ? incident.spaceName : (incident.firstName ?? '…')}</h2>
      <p className="incident-facts">
        {incidentKind(kind)} · {day} · {i18n._(STATES[state])} ·{' '}
        {reportedBy === 'GUEST' ? <Trans>told by the guest</Trans> : <Trans>told by the space</Trans>}
      </p>
      <blockquote>{text}</blockquote>
      {answers.length > 0 && (
        <ul className="incident-said">
          {answers.map((said) => (
            <li key={said.id}>
              <small>{said.by === 'GUEST' ? <Trans>The guest</Trans> : <Trans>The space</Trans>}</small>
              {said.text}
            </li>
          ))}
        </ul>
      )}
      <FormFault error={close.error} />
      {state !== 'CLOSED' && (
        <SayForm
          key={answerId}
          label={<Trans>Answer</Trans>}
          submit={<Trans>Send the answer</Trans>}
          isBusy={answer.isPending}
          error={answer.error}
          onSay={(said) => answer.mutate(said)}
        />
      )}
      {state !== 'CLOSED' && reportedBy === side && (
        <div className="incident-acts">
          <button type="button" className="pill" disabled={close.isPending} onClick={() => close.mutate()}>
            <Trans>Close the incident</Trans>
          </button>
        </div>
      )}
    </article>
  );
}
