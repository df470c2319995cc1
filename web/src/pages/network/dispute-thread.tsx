import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { Paperclip, Scan } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { DisputeView } from '@wire/disputes/dispute.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { FormEvent, ReactNode } from 'react';
import { call } from '../../api/call';
import { disputeQuery, recordQuery, useAct } from '../../api/network';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { Attachments, keepFiles } from './dispute-line';
import { useHere } from './here';
import { minorOf } from './money-input';
import { Fault } from './parts/act';
import { Amount } from './parts/net';
import { Moment } from '../../components/moment';
import { evidenceText, disputeState, reasonText } from './words';

type Move = DisputeView['moves'][number];

/** One dispute: what it is about, what was said, whose turn it is until when, and what may be said next. */
export function DisputeThread({ id }: { id: string }) {
  const { t } = useLingui();
  const { data: dispute, error } = useQuery(disputeQuery(id));
  useTitle(t`Dispute`);
  if (error) return <Fault error={error} />;
  if (!dispute) return null;
  return (
    <article>
      <h1>
        <Trans>
          {dispute.debtor.name} disputes a line of {dispute.creditor.name}
        </Trans>
      </h1>
      <p>
        <strong>
          <Amount {...dispute.disputed} />
        </strong>{' '}
        · {reasonText(dispute.code)} · <span className="state-mark">{disputeState(dispute.state)}</span>{' '}
        {dispute.isSuspended && (
          <small>
            <Trans>its payment waits</Trans>
          </small>
        )}
      </p>
      <Turn dispute={dispute} />
      <Evidence recordId={dispute.recordId} />
      <ol className="moves">
        {dispute.moves.map((move) => (
          <MoveItem key={move.id} move={move} unit={dispute.disputed.unit} disputeId={dispute.id} />
        ))}
      </ol>
      {dispute.endedAt ? <Outcome dispute={dispute} /> : <Say dispute={dispute} />}
    </article>
  );
}

function Turn({ dispute: { awaits, dueAt, creditor, debtor, stage } }: { dispute: DisputeView }) {
  if (!awaits || !dueAt) return null;
  const name = awaits === 'CREDITOR' ? creditor.name : debtor.name;
  return (
    <p className="net-warn">
      <Trans>
        Stage <Figures>{stage}</Figures>: {name} has to answer by <Moment at={dueAt} />. Silence loses.
      </Trans>
    </p>
  );
}

function Evidence({ recordId }: { recordId: string }) {
  const { data } = useQuery(recordQuery(recordId));
  if (!data) return null;
  return (
    <p className="field-hint">
      <Trans>
        The scan at the door: <Moment at={data.scan.decidedAt} />, {evidenceText(data.scan.evidence)}
      </Trans>
    </p>
  );
}

function Outcome({ dispute: { billedMinor, disputed, endedAt } }: { dispute: DisputeView }) {
  return (
    <p className="net-empty">
      <Trans>
        Ended <Moment at={endedAt!} />. Owed in the end:{' '}
        <Amount unit={disputed.unit} minor={billedMinor ?? 0} />. The rest is credited in the next window.
      </Trans>
    </p>
  );
}

const useMoveNames = (): Record<Move['kind'], string> => {
  const { t } = useLingui();
  return {
    OPEN: t`opened the dispute`,
    WRITE: t`wrote`,
    RESPOND: t`answered`,
    ESCALATE: t`went to the next stage`,
    AUTHORISE: t`accepted the bill`,
    PROPOSE: t`proposed an amount`,
    AGREE: t`agreed`,
    ARBITRATE: t`decided`,
    SILENCE: t`let the clock run out`,
  };
};

function SideName({ side }: { side: Move['side'] }) {
  const names: Record<Move['side'], ReactNode> = {
    CREDITOR: <Trans>Host</Trans>,
    DEBTOR: <Trans>Debtor</Trans>,
    TREASURER: <Trans>Treasurer</Trans>,
    CLOCK: <Trans>Clock</Trans>,
  };
  return names[side];
}

type MoveProps = {
  readonly move: Move;
  readonly unit: DisputeView['disputed']['unit'];
  readonly disputeId: string;
};

function MoveItem({ move, unit, disputeId }: MoveProps) {
  const names = useMoveNames();
  return (
    <li className={`move move-${move.side.toLowerCase()}`}>
      <p>
        <strong>
          <SideName side={move.side} />
        </strong>{' '}
        {names[move.kind]}{' '}
        <small>
          <Moment at={move.movedAt} />
        </small>
      </p>
      <p dir="auto">{move.text}</p>
      {move.amountMinor !== null && (
        <p>
          <Amount unit={unit} minor={move.amountMinor} />
        </p>
      )}
      <Shown move={move} disputeId={disputeId} />
    </li>
  );
}

/** What was shown with it: the scan, and files to open. */
function Shown({ move: { scanIds, files }, disputeId }: { move: Move; disputeId: string }) {
  if (scanIds.length + files.length === 0) return null;
  return (
    <ul className="shown">
      {scanIds.length > 0 && (
        <li>
          <Scan size={20} aria-hidden="true" />
          <Trans>The scan at the door is attached.</Trans>
        </li>
      )}
      {files.map(({ id, name }) => (
        <li key={id}>
          <Paperclip size={20} aria-hidden="true" />
          <a href={`/v1/disputes/${disputeId}/files/${id}`} download>
            <bdi>{name}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}

const WITH_AMOUNT: readonly string[] = ['PROPOSE', 'ARBITRATE'];

function Say({ dispute }: { dispute: DisputeView }) {
  const { t } = useLingui();
  const { mayAct, mayRead } = useHere();
  const { unit } = dispute.disputed;
  const saying = useAct(async (form: FormData) => {
    const kind = formText(form, 'kind');
    const minor = minorOf(formText(form, 'amount'), unit);
    return call(`/v1/disputes/${dispute.id}/moves/${newId()}`, {
      method: 'PUT',
      body: {
        kind,
        text: formText(form, 'text'),
        fileIds: await keepFiles(form, dispute.recordId),
        ...(WITH_AMOUNT.includes(kind) && minor !== null ? { amountMinor: minor } : {}),
      },
      returns: DisputeView,
    });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    saying.mutate(new FormData(form), { onSuccess: () => form.reset() });
  };
  if (mayRead && !mayAct) return null;
  return (
    <form className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Say something</Trans>
      </h2>
      <label>
        <Trans>What you do</Trans>
        <select name="kind" className="control">
          <option value="WRITE">{t`Write to both sides`}</option>
          {mayAct && <option value="ARBITRATE">{t`Decide what is owed`}</option>}
          <option value="RESPOND">{t`Answer, for the side whose turn it is`}</option>
          <option value="ESCALATE">{t`Go to the next stage`}</option>
          <option value="AUTHORISE">{t`Accept the bill`}</option>
          <option value="PROPOSE">{t`Propose an amount`}</option>
          <option value="AGREE">{t`Agree to the amount proposed`}</option>
        </select>
      </label>
      <label>
        <Trans>Text</Trans>
        <textarea name="text" className="control" rows={4} required maxLength={4000} />
      </label>
      <label>
        <Trans>Amount owed, when you decide or propose</Trans>
        <input name="amount" className="control es-figures" inputMode="decimal" />
      </label>
      <Attachments />
      <Fault error={saying.error} />
      <Button type="submit" color="tomette" loading={saying.isPending}>
        <Trans>Send it</Trans>
      </Button>
    </form>
  );
}
