import { Trans } from '@lingui/react/macro';
import type { AgentView } from '@wire/programmes/agent.schema.js';
import type { ProgrammeState } from '@wire/programmes/programme.schema.js';

export function StateWord({ state }: { state: ProgrammeState }) {
  return <span className={`state-mark sponsor-${state.toLowerCase()}`}>{stateWord(state)}</span>;
}

function stateWord(state: ProgrammeState) {
  switch (state) {
    case 'DRAFT':
      return <Trans>Draft</Trans>;
    case 'APPROVED':
      return <Trans>Approved</Trans>;
    case 'OPEN':
      return <Trans>Open</Trans>;
    case 'PAUSED':
      return <Trans>Paused</Trans>;
    case 'EXHAUSTED':
      return <Trans>Used up</Trans>;
    case 'EXPIRED':
      return <Trans>Over</Trans>;
    case 'CLOSING':
      return <Trans>Closing</Trans>;
    case 'REPORTED':
      return <Trans>Reported</Trans>;
    case 'ARCHIVED':
      return <Trans>Archived</Trans>;
  }
}

export function AgentWord({ state }: Pick<AgentView, 'state'>) {
  switch (state) {
    case 'CLAIMED':
      return <Trans>Waits for the employer</Trans>;
    case 'CONFIRMED':
      return <Trans>Confirmed</Trans>;
    case 'DECLINED':
      return <Trans>Declined</Trans>;
    case 'ENDED':
      return <Trans>Ended</Trans>;
  }
}

const TEN_THOUSAND = 10_000;

/** Ten-thousandths as a percentage. */
export function percent(share: number, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(
    share / TEN_THOUSAND,
  );
}
