import { Trans, useLingui } from '@lingui/react/macro';
import { CheckCircle, Circle, CircleDashed } from '@phosphor-icons/react';
import type { WindowView } from '@wire/settlement/window.schema.js';
import type { ReactNode } from 'react';
import { longDay } from '../parts/net';
import { Moment } from '../../../components/moment';
import { windowState } from '../words';

const WAY = ['OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED'] as const;

/** The way of a window: what was done when, and by when the next has to be. */
export function Steps({ window }: { window: WindowView }) {
  const { t } = useLingui();
  const way = window.state === 'ABORTED' ? ([...WAY.slice(0, 2), 'ABORTED'] as const) : WAY;
  const reached = way.findIndex((state) => state === window.state);
  return (
    <ol className="steps" aria-label={t`Steps of this window`}>
      {way.map((state, index) => {
        const step = window.steps.find((taken) => taken.state === state);
        const Icon = index < reached ? CheckCircle : index === reached ? Circle : CircleDashed;
        return (
          <li
            key={state}
            className={index <= reached ? 'step-done' : ''}
            aria-current={index === reached ? 'step' : undefined}
          >
            <Icon size={24} aria-hidden="true" weight={index === reached ? 'bold' : 'regular'} />
            <strong>{windowState(state)}</strong>
            <small>{step && index <= reached ? <Moment at={step.takenAt} /> : clockOf(window, state)}</small>
          </li>
        );
      })}
    </ol>
  );
}

function clockOf(window: WindowView, state: (typeof WAY)[number] | 'ABORTED'): ReactNode {
  if (state === 'CLOSED' && window.closesAfter) return <Trans>after {longDay(window.closesAfter)}</Trans>;
  if (state === 'CALLED' && window.callFrom)
    return (
      <Trans>
        from <Moment at={window.callFrom} />
      </Trans>
    );
  if (state === 'SETTLED' && window.settleBy)
    return (
      <Trans>
        by <Moment at={window.settleBy} />
      </Trans>
    );
  return null;
}
