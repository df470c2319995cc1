import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { windowsQuery } from '../../../api/network';
import { useAddress, useHere } from '../here';
import { useParties } from '../parties';
import { evidenceText, reviewState } from '../words';
import { FILTERS } from './filter.rules';

const EVIDENCE = ['A', 'B', 'C', 'D'] as const;
const STATES = ['PLAUSIBLE', 'AWAITS_GUEST', 'BOUNCED', 'APPROVED', 'DECLINED', 'DEEMED_APPROVED'] as const;

export function UsageFilters() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const [search, setAddress] = useAddress();
  const parties = useParties();
  const { data: windows } = useQuery(windowsQuery(networkId));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || (event.target as HTMLElement).matches('input, select, textarea')) return;
      event.preventDefault();
      first.current?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  const set = (key: string) => (value: string) =>
    setAddress({ [key]: value || undefined, record: undefined });
  const isFiltered = FILTERS.some((key) => search[key]);
  const named = parties.map(({ id, name }) => [id, name] as const);
  return (
    <search className="usage-filters">
      <label>
        <Trans>From</Trans>
        <input
          ref={first}
          type="date"
          className="control"
          value={search['fromDay'] ?? ''}
          onChange={({ currentTarget }) => set('fromDay')(currentTarget.value)}
        />
      </label>
      <label>
        <Trans>Until</Trans>
        <input
          type="date"
          className="control"
          value={search['untilDay'] ?? ''}
          onChange={({ currentTarget }) => set('untilDay')(currentTarget.value)}
        />
      </label>
      <Choose
        name={<Trans>Debtor</Trans>}
        value={search['debtorId']}
        onChoose={set('debtorId')}
        options={named}
      />
      <Choose name={<Trans>Host</Trans>} value={search['hostId']} onChoose={set('hostId')} options={named} />
      <Choose
        name={<Trans>Window</Trans>}
        value={search['windowId']}
        onChoose={set('windowId')}
        options={(windows?.items ?? []).map(({ id, number }) => [id, String(number)] as const)}
      />
      <Choose
        name={<Trans>Evidence</Trans>}
        value={search['evidence']}
        onChoose={set('evidence')}
        options={EVIDENCE.map((code) => [code, evidenceText(code)] as const)}
      />
      <Choose
        name={<Trans>State</Trans>}
        value={search['state']}
        onChoose={set('state')}
        options={STATES.map((code) => [code, reviewState(code)] as const)}
      />
      {isFiltered && (
        <button
          type="button"
          className="pill"
          onClick={() => setAddress(Object.fromEntries(FILTERS.map((key) => [key, undefined])))}
        >
          {t`Show all`}
        </button>
      )}
    </search>
  );
}

function Choose({
  name,
  value,
  onChoose,
  options,
}: {
  name: ReactNode;
  value: string | undefined;
  onChoose: (value: string) => void;
  options: readonly (readonly [string, string])[];
}) {
  const { t } = useLingui();
  return (
    <label>
      {name}
      <select
        className="control"
        value={value ?? ''}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        <option value="">{t`all`}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
