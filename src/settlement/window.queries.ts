import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { PaymentView, PositionPage, WindowPage, WindowView } from './window.schema.js';
import { reductionPercent, WINDOW_STATES, type WindowState } from './window.rules.js';

type WindowRow = WindowPage['items'][number];

const WINDOW = `
  SELECT w.id, w.network_id AS "networkId", w.number, w.state, w.from_day::text AS "fromDay",
    closure.until_day::text AS "untilDay"
  FROM settlement.windows w LEFT JOIN settlement.closures closure ON closure.window_id = w.id`;

export async function windowRow(on: Reader, id: string): Promise<WindowRow | undefined> {
  const [row] = await sql<WindowRow>(on, `${WINDOW} WHERE w.id = $1`, [id]);
  return row;
}

export function windowsOfNetwork(on: Reader, networkId: string): Promise<WindowRow[]> {
  return sql<WindowRow>(on, `${WINDOW} WHERE w.network_id = $1 ORDER BY w.number`, [networkId]);
}

export function windowsOfParty(on: Reader, partyId: string): Promise<WindowRow[]> {
  return sql<WindowRow>(
    on,
    `${WINDOW} WHERE EXISTS (SELECT FROM settlement.positions WHERE window_id = w.id AND party_id = $1)
     ORDER BY w.network_id, w.number`,
    [partyId],
  );
}

export async function windowSteps(on: Reader, id: string): Promise<WindowView['steps']> {
  const rows = await sql<{ state: WindowState; takenAt: Date }>(
    on,
    `SELECT state, taken_at AS "takenAt" FROM settlement.steps WHERE window_id = $1
     ORDER BY array_position($2::text[], state)`,
    [id, WINDOW_STATES],
  );
  return rows.map(({ state, takenAt }) => ({ state, takenAt: instantFromDate(takenAt).toString() }));
}

export async function windowTotals(on: Reader, id: string): Promise<WindowView['totals']> {
  const rows = await sql<{
    unit: Unit;
    lines: number;
    late: number;
    gross: string;
    paid: string;
    payments: number;
  }>(
    on,
    `SELECT line.unit, count(*)::int AS lines, count(*) FILTER (WHERE late)::int AS late,
       sum(amount_minor)::text AS gross, coalesce(paid.minor, 0)::text AS paid, coalesce(paid.n, 0) AS payments
     FROM settlement.lines line LEFT JOIN (
       SELECT unit, sum(amount_minor) AS minor, count(*)::int AS n FROM settlement.current_payments
       WHERE window_id = $1 AND kind <> 'VAT' GROUP BY unit) paid ON paid.unit = line.unit
     WHERE window_id = $1 GROUP BY line.unit, paid.minor, paid.n ORDER BY line.unit`,
    [id],
  );
  return rows.map(({ unit, lines, late, gross, paid, payments }) => ({
    unit,
    lines,
    late,
    grossMinor: Number(gross),
    paymentsMinor: Number(paid),
    payments,
    reductionPercent: unit === 'HALF_DAY' ? 0 : reductionPercent(BigInt(gross), BigInt(paid)),
  }));
}

type Position = PositionPage['items'][number];

export async function windowPositions(on: Reader, id: string): Promise<Position[]> {
  const rows = await sql<Omit<Position, MinorKey> & Record<MinorKey, string>>(
    on,
    `SELECT json_build_object('id', party.id, 'name', party.name) AS party, position.unit, profile, state,
       receives_minor AS "receivesMinor", pays_minor AS "paysMinor", net_minor AS "netMinor",
       netting_minor AS "nettingMinor"
     FROM settlement.positions position JOIN directory.pub_parties party ON party.id = party_id
     WHERE window_id = $1 ORDER BY position.unit, net_minor DESC, party_id`,
    [id],
  );
  return rows.map((row) => ({
    ...row,
    receivesMinor: Number(row.receivesMinor),
    paysMinor: Number(row.paysMinor),
    netMinor: Number(row.netMinor),
    nettingMinor: Number(row.nettingMinor),
  }));
}
type MinorKey = 'receivesMinor' | 'paysMinor' | 'netMinor' | 'nettingMinor';

const PAYMENT = `
  SELECT payment.id, payment.window_id AS "windowId", payment.kind, payment.network_id AS "networkId",
    json_build_object('id', payer.id, 'name', payer.name) AS "from",
    json_build_object('id', payee.id, 'name', payee.name) AS "to",
    json_build_object('unit', payment.unit, 'minor', amount_minor) AS amount,
    executed_at AS "executedAt", failure.created_at AS "failedAt"
  FROM settlement.current_payments payment
  JOIN directory.pub_parties payer ON payer.id = from_party_id
  JOIN directory.pub_parties payee ON payee.id = to_party_id
  LEFT JOIN settlement.executions execution ON execution.payment_id = payment.id
  LEFT JOIN settlement.failures failure ON failure.payment_id = payment.id`;
type PaymentRow = Omit<PaymentView, 'executedAt' | 'failedAt'> & {
  networkId: string;
  executedAt: Date | null;
  failedAt: Date | null;
};

export async function paymentRow(on: Reader, id: string): Promise<PaymentRow | undefined> {
  const [row] = await sql<PaymentRow>(on, `${PAYMENT} WHERE payment.id = $1`, [id]);
  return row;
}

/** The largest first, as they were planned. */
export async function windowPayments(on: Reader, id: string): Promise<PaymentView[]> {
  const rows = await sql<PaymentRow>(
    on,
    `${PAYMENT} WHERE payment.window_id = $1 ORDER BY payment.unit, payment.kind, amount_minor DESC, payment.id`,
    [id],
  );
  return rows.map(paymentView);
}

export function paymentView(row: PaymentRow): PaymentView {
  const { networkId: _networkId, executedAt, failedAt, ...payment } = row;
  return {
    ...payment,
    executedAt: executedAt && instantFromDate(executedAt).toString(),
    failedAt: failedAt && instantFromDate(failedAt).toString(),
  };
}

export function windowConversions(on: Reader, id: string): Promise<WindowView['conversions']> {
  return sql(
    on,
    `SELECT from_unit AS "fromUnit", to_unit AS "toUnit", from_rate::text AS "fromRate", to_rate::text AS "toRate",
       rate_day::text AS "rateDay", source
     FROM settlement.conversions WHERE window_id = $1 ORDER BY from_unit`,
    [id],
  );
}

/** The network through whose account everything of this window goes, if its rules said so when it closed. */
export async function collectorOf(on: Reader, windowId: string): Promise<string | null> {
  const [closure] = await sql<{ networkId: string }>(
    on,
    'SELECT network_id AS "networkId" FROM settlement.closures WHERE window_id = $1 AND collects',
    [windowId],
  );
  return closure?.networkId ?? null;
}

/** Windows of the same network that come before and whose payments are not called yet. */
export function earlierOpen(on: Reader, id: string): Promise<{ number: number }[]> {
  return sql(
    on,
    `SELECT earlier.number FROM settlement.windows w JOIN settlement.windows earlier
       ON earlier.network_id = w.network_id AND earlier.number < w.number
     WHERE w.id = $1 AND earlier.state IN ('OPEN', 'CLOSED', 'ADVISED') ORDER BY earlier.number`,
    [id],
  );
}
