import { Trans, useLingui } from '@lingui/react/macro';
import { DownloadSimple, Printer, X } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { StatementLine, StatementView } from '@wire/settlement/statement.schema.js';
import { statementQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { DisputeLine } from './dispute-line';
import { NetLink, useAddress, useHere } from './here';
import { Fault } from './parts/act';
import { Drawer } from './parts/drawer';
import { Amount, longDay, Net } from './parts/net';
import { RecordOrigin } from './parts/record';
import { Charges, ItemisedLines, SummaryLines, Vat } from './statement-tables';

/** What a window says to one party. Each number opens the lines behind it, each line its visit and scan. */
export function StatementPage({ windowId, partyId }: { windowId: string; partyId: string }) {
  const { t } = useLingui();
  const [{ view = 'summary', direction, other, record }, setAddress] = useAddress();
  const { data: statement, error } = useQuery(statementQuery(windowId, partyId));
  useTitle(statement && t`Statement of ${statement.party.name}`);
  if (error) return <Fault error={error} />;
  if (!statement) return null;
  const lines = statement.lines.filter(
    (line) => (!direction || line.direction === direction) && (!other || line.counterparty.id === other),
  );
  const opened = statement.lines.find(({ recordId }) => recordId === record);
  return (
    <article className="statement">
      <Head statement={statement} />
      <Totals statement={statement} />
      <div className="statement-views no-print">
        <ViewPill
          name={t`Summary`}
          isOn={view === 'summary'}
          onChoose={() => setAddress({ view: undefined })}
        />
        <ViewPill name={t`Itemised`} isOn={view === 'items'} onChoose={() => setAddress({ view: 'items' })} />
        {(direction ?? other) && (
          <button
            type="button"
            className="pill"
            onClick={() => setAddress({ direction: undefined, other: undefined })}
          >
            <FilterName statement={statement} direction={direction} other={other} />
            <X size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      {view === 'items' ? <ItemisedLines lines={lines} /> : <SummaryLines lines={lines} />}
      <Charges charges={statement.charges} />
      <Vat vat={statement.vat} />
      {opened && <LineDrawer line={opened} onClose={() => setAddress({ record: undefined })} />}
    </article>
  );
}

function ViewPill({ name, isOn, onChoose }: { name: string; isOn: boolean; onChoose: () => void }) {
  return (
    <button type="button" className="pill" aria-pressed={isOn} onClick={onChoose}>
      {name}
    </button>
  );
}

function FilterName({
  statement,
  direction,
  other,
}: {
  statement: StatementView;
  direction: string | undefined;
  other: string | undefined;
}) {
  const name = statement.lines.find(({ counterparty }) => counterparty.id === other)?.counterparty.name;
  return (
    <>
      {direction === 'RECEIVES' && <Trans>receives</Trans>}
      {direction === 'PAYS' && <Trans>pays</Trans>} {name}
    </>
  );
}

function Head({
  statement: { windowId, windowNumber, party, fromDay, untilDay },
}: {
  statement: StatementView;
}) {
  const { mayRead } = useHere();
  return (
    <header className="window-head">
      <div>
        <h1>
          <Trans>Statement of {party.name}</Trans>
        </h1>
        <p>
          <NetLink to={mayRead ? `windows/${windowId}` : 'statements'}>
            <Trans>
              Window <Figures>{windowNumber}</Figures>
            </Trans>
          </NetLink>
          {' · '}
          <Trans>
            {longDay(fromDay)} to {longDay(untilDay)}
          </Trans>
        </p>
      </div>
      <div className="no-print head-acts">
        <a className="pill" href={`/v1/windows/${windowId}/statements/${party.id}.csv`} download>
          <DownloadSimple size={20} aria-hidden="true" />
          CSV
        </a>
        <button type="button" className="pill" onClick={() => globalThis.print()}>
          <Printer size={20} aria-hidden="true" />
          <Trans>Print</Trans>
        </button>
      </div>
    </header>
  );
}

/** Both amounts are doors to their lines. */
function Totals({ statement }: { statement: StatementView }) {
  const [, setAddress] = useAddress();
  const open = (direction: 'RECEIVES' | 'PAYS') =>
    setAddress({ view: 'items', direction, other: undefined }, { isNewPlace: true });
  return statement.totals.map(({ unit, receivesMinor, paysMinor, netMinor }) => (
    <dl key={unit} className="key-figures">
      <div>
        <dt>
          <Trans>receives</Trans>
        </dt>
        <dd>
          <button type="button" className="figure-door" onClick={() => open('RECEIVES')}>
            <Amount unit={unit} minor={receivesMinor} />
          </button>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>pays</Trans>
        </dt>
        <dd>
          <button type="button" className="figure-door" onClick={() => open('PAYS')}>
            <Amount unit={unit} minor={paysMinor} />
          </button>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>net</Trans>
        </dt>
        <dd>
          <button
            type="button"
            className="figure-door"
            onClick={() =>
              setAddress({ view: 'items', direction: undefined, other: undefined }, { isNewPlace: true })
            }
          >
            <Net unit={unit} minor={netMinor} />
          </button>
        </dd>
      </div>
    </dl>
  ));
}

type LineProps = {
  readonly line: StatementLine;
  readonly onClose: () => void;
};

/** The debtor may dispute it, and whoever settles for it. */
function LineDrawer({ line, onClose }: LineProps) {
  const { mayAct, mayRead } = useHere();
  return (
    <Drawer
      title={
        <>
          {line.direction === 'RECEIVES' ? (
            <Trans>from {line.counterparty.name}</Trans>
          ) : (
            <Trans>to {line.counterparty.name}</Trans>
          )}
          : <Amount {...line.amount} />
        </>
      }
      onClose={onClose}
    >
      <RecordOrigin recordId={line.recordId} agreementId={line.agreementId} />
      {(mayAct || !mayRead) && line.direction === 'PAYS' && <DisputeLine line={line} />}
    </Drawer>
  );
}
