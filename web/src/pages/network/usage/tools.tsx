import { Trans, useLingui } from '@lingui/react/macro';
import { BookmarkSimple, DownloadSimple, X } from '@phosphor-icons/react';
import { useMutation } from '@tanstack/react-query';
import { decimalText } from '@wire/kernel/money.js';
import { UsagePage } from '@wire/settlement/usage.schema.js';
import { useState, type FormEvent } from 'react';
import { call } from '../../../api/call';
import { Figures } from '../../../components/figures';
import { formText } from '../../../components/form-text';
import { NetLink, useAddress, useHere, type Search } from '../here';
import { csvText, download } from '../../space/bookings/csv';
import { Fault } from '../parts/act';
import { FILTERS } from './filter.rules';

/** What is shown as a file, and views to come back to. */
export function UsageTools({ filter }: { filter: Readonly<Record<string, string>> }) {
  return (
    <div className="usage-tools">
      <CsvOfAll filter={filter} />
      <SavedViews />
    </div>
  );
}

const PAGE_SIZE = 1_000;

/** Every row of the filter, page by page, with a count while it runs. */
function CsvOfAll({ filter }: { filter: Readonly<Record<string, string>> }) {
  const { t } = useLingui();
  const [done, setDone] = useState(0);
  const writing = useMutation({
    mutationFn: async () => {
      const rows = [
        [
          t`Day`,
          t`Debtor`,
          t`Host`,
          t`Half-days`,
          t`Evidence`,
          t`State`,
          t`Currency`,
          t`Amount`,
          t`Agreement`,
          t`Window`,
          'recordId',
          'scanId',
        ],
      ];
      let after: string | null = null;
      do {
        const query: string = new URLSearchParams({
          ...filter,
          limit: String(PAGE_SIZE),
          ...(after ? { after } : {}),
        }).toString();
        const page: UsagePage = await call(`/v1/usage-records?${query}`, { returns: UsagePage });
        rows.push(...page.items.map(cellsOf));
        after = page.next;
        setDone(rows.length - 1);
      } while (after !== null);
      download(`usage-${filter['networkId']}.csv`, csvText(rows));
    },
  });
  return (
    <>
      <button type="button" className="pill" disabled={writing.isPending} onClick={() => writing.mutate()}>
        <DownloadSimple size={20} aria-hidden="true" />
        {writing.isPending ? (
          <Trans>
            <Figures>{done}</Figures> rows…
          </Trans>
        ) : (
          <Trans>CSV of all this</Trans>
        )}
      </button>
      <Fault error={writing.error} />
    </>
  );
}

function cellsOf(visit: UsagePage['items'][number]): string[] {
  const { unit, minor } = visit.amount;
  return [
    visit.day,
    visit.debtor.name,
    visit.host.name,
    String(visit.halfDays),
    visit.evidence,
    visit.state,
    unit,
    decimalText({ unit, minor: BigInt(minor) }),
    `${visit.agreement.name} ${visit.agreement.version}`,
    visit.window ? String(visit.window.number) : '',
    visit.recordId,
    visit.scanId,
  ];
}

type View = { readonly name: string; readonly search: Search };
const keyOf = (networkId: string) => `escale.views.${networkId}`;

function readViews(networkId: string): View[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(networkId)) ?? '[]') as View[];
  } catch {
    return []; // somebody else's text under our name
  }
}

/** A view is an address with a name, kept on this device. */
function SavedViews() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const [search] = useAddress();
  const [views, setViews] = useState(() => readViews(networkId));
  const keep = (next: View[]) => {
    localStorage.setItem(keyOf(networkId), JSON.stringify(next));
    setViews(next);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = formText(new FormData(event.currentTarget), 'name').trim();
    const own = Object.fromEntries(FILTERS.flatMap((key) => (search[key] ? [[key, search[key]]] : [])));
    if (name) keep([...views.filter((view) => view.name !== name), { name, search: own }]);
    event.currentTarget.reset();
  };
  return (
    <>
      {views.map((view) => (
        <span key={view.name} className="saved-view">
          <NetLink to="usage" search={view.search} className="pill">
            {view.name}
          </NetLink>
          <button
            type="button"
            className="icon-button"
            aria-label={t`Forget the view ${view.name}`}
            onClick={() => keep(views.filter(({ name }) => name !== view.name))}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </span>
      ))}
      {FILTERS.some((key) => search[key]) && (
        <form className="save-view" onSubmit={submit}>
          <input
            name="name"
            className="control"
            aria-label={t`Name of this view`}
            placeholder={t`Name of this view`}
          />
          <button type="submit" className="pill">
            <BookmarkSimple size={20} aria-hidden="true" />
            <Trans>Keep this view</Trans>
          </button>
        </form>
      )}
    </>
  );
}
