import { Trans, useLingui } from '@lingui/react/macro';
import { Printer } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { WindowView } from '@wire/settlement/window.schema.js';
import { pairsQuery, paymentsQuery, positionsQuery, windowQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { useTitle } from '../../../shell/title';
import { NetLink, useAddress } from '../here';
import { Fault } from '../parts/act';
import { Drawer } from '../parts/drawer';
import { Amount, longDay } from '../parts/net';
import { VisitsBehind } from '../parts/visits';
import { windowState } from '../words';
import { Chord } from './chord';
import { pairCells } from './pairs.rules';
import { Matrix } from './matrix';
import { Payments } from './payments';
import { PositionTable } from './positions';
import { ProofPanel } from './proof-panel';
import { Reminders } from './reminders';
import { Steps } from './steps';
import { WindowActs } from './window-acts';
import { WhyDrawer } from './why-drawer';

/** One window on one page: where it stands, who owes whom, what is paid, and the proof. */
export function WindowPage({ id }: { id: string }) {
  const { t } = useLingui();
  const { data: window, error } = useQuery(windowQuery(id));
  const number = window ? String(window.number) : '';
  useTitle(window && t`Window ${number}`);
  if (error) return <Fault error={error} />;
  if (!window) return null;
  return (
    <article className="window-page">
      <header className="window-head">
        <div>
          <h1>
            <Trans>
              Window <Figures>{window.number}</Figures>
            </Trans>
          </h1>
          <p>
            {window.untilDay ? (
              <Trans>
                {longDay(window.fromDay)} to {longDay(window.untilDay)}
              </Trans>
            ) : (
              <Trans>since {longDay(window.fromDay)}</Trans>
            )}{' '}
            ·{' '}
            <span className={`state-mark state-${window.state.toLowerCase()}`}>
              {windowState(window.state)}
            </span>
          </p>
        </div>
        <button type="button" className="pill no-print" onClick={() => globalThis.print()}>
          <Printer size={20} aria-hidden="true" />
          <Trans>Print</Trans>
        </button>
      </header>
      <Steps window={window} />
      <WindowActs window={window} />
      <KeyFigures totals={window.totals} />
      <WhoOwesWhom window={window} />
      {window.untilDay && <Closed window={window} />}
      <Behind window={window} />
    </article>
  );
}

function KeyFigures({ totals }: Pick<WindowView, 'totals'>) {
  return totals.map(({ unit, lines, late, grossMinor, paymentsMinor, payments, reductionPercent }) => (
    <dl key={unit} className="key-figures">
      <div>
        <dt>
          <Trans>Visits</Trans>
        </dt>
        <dd>
          <Figures>{lines}</Figures>
          {late > 0 && (
            <small>
              {' '}
              <Trans>
                <Figures>{late}</Figures> late
              </Trans>
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Owed before netting</Trans>
        </dt>
        <dd>
          <Amount unit={unit} minor={grossMinor} />
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Paid after netting</Trans>
        </dt>
        <dd>
          <Amount unit={unit} minor={paymentsMinor} />{' '}
          <small>
            <Trans>
              in <Figures>{payments}</Figures> payments
            </Trans>
          </small>
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Saved</Trans>
        </dt>
        <dd>
          <Figures>{`${reductionPercent} %`}</Figures>
        </dd>
      </div>
    </dl>
  ));
}

function WhoOwesWhom({ window }: { window: WindowView }) {
  const { data: pairs } = useQuery(pairsQuery(window.id));
  const { data: positions } = useQuery({ ...positionsQuery(window.id), enabled: window.untilDay !== null });
  if (!pairs) return null;
  const units = [...new Set(pairs.items.map(({ unit }) => unit))];
  return (
    <section>
      <h2>
        <Trans>Who owes whom</Trans>
      </h2>
      {units.length === 0 && (
        <p className="net-empty">
          <Trans>No visit is due in this window yet.</Trans>
        </p>
      )}
      {units.map((unit) => {
        const cells = pairCells(pairs.items, unit);
        return (
          <div key={unit} className="matrix-and-chord">
            <Matrix cells={cells} positions={positions?.items.filter((position) => position.unit === unit)} />
            <Chord cells={cells} />
          </div>
        );
      })}
    </section>
  );
}

function Closed({ window }: { window: WindowView }) {
  const { data: positions } = useQuery(positionsQuery(window.id));
  const { data: payments } = useQuery(paymentsQuery(window.id));
  return (
    <>
      {positions && <PositionTable windowId={window.id} positions={positions.items} />}
      {payments && <Payments window={window} payments={payments.items} />}
      <Reminders windowId={window.id} />
      <ProofPanel windowId={window.id} state={window.state} />
      <p className="no-print">
        <NetLink to="bank/batches" search={{ window: window.id }}>
          <Trans>To the bank: batches of these payments</Trans>
        </NetLink>
      </p>
    </>
  );
}

/** `?pair=<debtor>.<host>`: the visits of a cell. `?why=<payment>`: how an amount came about. */
function Behind({ window }: { window: WindowView }) {
  const [{ pair, why }, setAddress] = useAddress();
  const { data: pairs } = useQuery(pairsQuery(window.id));
  if (why)
    return <WhyDrawer windowId={window.id} paymentId={why} onClose={() => setAddress({ why: undefined })} />;
  if (!pair) return null;
  const [debtorId = '', hostId = ''] = pair.split('.');
  const found = pairs?.items.find(({ debtor, host }) => debtor.id === debtorId && host.id === hostId);
  if (!found) return null;
  const filter = { networkId: window.networkId, debtorId, hostId };
  return (
    <Drawer
      title={
        <Trans>
          {found.debtor.name} owes {found.host.name}
        </Trans>
      }
      onClose={() => setAddress({ pair: undefined })}
    >
      <VisitsBehind
        filter={window.untilDay ? { ...filter, windowId: window.id } : { ...filter, fromDay: window.fromDay }}
      />
    </Drawer>
  );
}
