import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { BankLineView } from '@wire/banking/banking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { call } from '../../../api/call';
import { bankAccountsQuery, bankLinesQuery, useAct } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { NetLink, useAddress, useHere } from '../here';
import { Fault } from '../parts/act';
import { Amount, longDay } from '../parts/net';
import { Empty } from '../parts/table';
import { useKnownPayments } from './known-payments';
import { Candidates, MatchByHand, Matches } from './line-match';

const PILES = ['SUGGESTED', 'UNKNOWN', 'MATCHED'] as const;

/** Three piles: what waits for a yes, what nobody knows, and what is done. j and k go, Enter says yes, u undoes. */
export function BankLines() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const [{ pile = 'SUGGESTED' }, setAddress] = useAddress();
  const { data, error } = useQuery(bankLinesQuery(networkId));
  if (error) return <Fault error={error} />;
  if (!data) return null;
  const names = { SUGGESTED: t`Suggested`, UNKNOWN: t`Unknown`, MATCHED: t`Matched` };
  const count = (name: string) => data.items.filter((line) => line.pile === name).length;
  const shown = data.items.filter((line) => line.pile === pile);
  return (
    <>
      <div className="statement-views">
        {PILES.map((name) => (
          <button
            key={name}
            type="button"
            className="pill"
            aria-pressed={name === pile}
            onClick={() => setAddress({ pile: name })}
          >
            {names[name]} <Figures>{count(name)}</Figures>
          </button>
        ))}
      </div>
      <p className="field-hint">
        <Trans>Keys: j and k go down and up, Enter takes the first suggestion, u undoes a match.</Trans>
      </p>
      {shown.length === 0 ? (
        <NothingIn pile={pile} isFirst={data.items.length === 0} />
      ) : (
        <Pile lines={shown} />
      )}
    </>
  );
}

function NothingIn({ pile, isFirst }: { pile: string; isFirst: boolean }) {
  if (isFirst)
    return (
      <Empty>
        <Trans>No bank statement was imported yet.</Trans>{' '}
        <NetLink to="bank/import">
          <Trans>Import a file</Trans>
        </NetLink>
      </Empty>
    );
  return (
    <Empty>
      {pile === 'SUGGESTED' ? (
        <Trans>Nothing waits for your yes.</Trans>
      ) : pile === 'UNKNOWN' ? (
        <Trans>Every line is known.</Trans>
      ) : (
        <Trans>Nothing is matched yet.</Trans>
      )}
    </Empty>
  );
}

function Pile({ lines }: { lines: readonly BankLineView[] }) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (by === 0 || isTyping(event.target)) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  };
  // The first line has the keys at once.
  useEffect(
    () => list.current?.querySelector<HTMLElement>(':scope > li')?.focus({ preventScroll: true }),
    [],
  );
  return (
    <ul ref={list} className="bank-lines" aria-label={t`Bank lines`} onKeyDown={step}>
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </ul>
  );
}

const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

function Line({ line }: { line: BankLineView }) {
  const { networkId } = useHere();
  const payments = useKnownPayments();
  const { data: accounts } = useQuery(bankAccountsQuery(networkId));
  const owner = accounts?.items.find(({ id }) => id === line.bankAccountId)?.party;
  const matching = useAct(async (matches: readonly { paymentId: string; minor: number }[]) => {
    for (const match of matches)
      await call(`/v1/matches/${newId()}`, {
        method: 'PUT',
        body: { bankLineId: line.id, ...match },
        returns: BankLineView,
      });
  });
  const undoing = useAct((id: string) =>
    call(`/v1/matches/${id}`, { method: 'DELETE', returns: BankLineView }),
  );
  const take = (paymentIds: readonly string[]) => {
    const whole = paymentIds.map((id) => ({
      paymentId: id,
      minor: payments.get(id)?.amount.minor ?? line.openMinor,
    }));
    matching.mutate(
      paymentIds.length === 1
        ? [{ paymentId: paymentIds[0]!, minor: Math.min(whole[0]!.minor, line.openMinor) }]
        : whole,
    );
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return; // a button has its own Enter
    if (event.key === 'Enter' && line.candidates[0]) take(line.candidates[0].paymentIds);
    if (event.key === 'u' && line.matches[0]) undoing.mutate(line.matches.at(-1)!.id);
  };
  return (
    <li tabIndex={0} onKeyDown={press}>
      <div className="bank-line">
        <span>
          <strong>{line.counterparty ?? owner?.name}</strong>
          <small>
            {longDay(line.bookedDay)} · {owner?.name} · <bdi>{line.text || line.endToEndId}</bdi>
          </small>
        </span>
        <Amount unit={line.amount.unit} minor={line.amount.minor} />
      </div>
      {line.openMinor > 0 && line.openMinor < Math.abs(line.amount.minor) && (
        <p className="net-warn">
          <Trans>
            Still open: <Amount unit={line.amount.unit} minor={line.openMinor} />
          </Trans>
        </p>
      )}
      <Matches line={line} payments={payments} onUndo={(id) => undoing.mutate(id)} />
      <Candidates line={line} payments={payments} onTake={take} />
      {line.openMinor > 0 && owner && (
        <MatchByHand
          line={line}
          partyId={owner.id}
          payments={payments}
          onMatch={(paymentId, minor) => matching.mutate([{ paymentId, minor }])}
        />
      )}
      <Fault error={matching.error ?? undoing.error} />
    </li>
  );
}
