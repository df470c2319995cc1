/** From the statement's page to the scan, as the treasurer reads them; and no plan reads a table whole. */
import { newId } from '../dist/src/kernel/ids.js';
import { LINES_PAGE, OPEN_LINE } from '../dist/src/settlement/line.queries.js';
import { Lines } from '../dist/src/settlement/lines.service.js';

export async function openLines({ app, owner }, networks, openings) {
  const [{ id: networkId, windowId }] = networks;
  const actor = treasurer(networkId);
  const { rows } = await owner.query(
    `SELECT line.record_id AS id, line.creditor_party_id AS party FROM settlement.lines line
     JOIN checkin.visit_records record ON record.id = line.record_id JOIN checkin.visits visit ON visit.id = record.visit_id
     WHERE line.window_id = $1 LIMIT $2`,
    [windowId, openings],
  );
  const times = [];
  for (const { id, party } of rows) {
    const page = await timed(() => app.get(Lines).page(actor, { windowId, partyId: party }, { limit: 100 }));
    const line = await timed(() => app.get(Lines).open(actor, id));
    times.push({ page: page * 1_000, line: line * 1_000 });
  }
  const [first] = rows;
  const plans = [
    await planOf(owner, LINES_PAGE, [
      windowId,
      first.party,
      null,
      null,
      null,
      '2026-01-10',
      first.id,
      'PAYS',
      100,
    ]),
    await planOf(owner, OPEN_LINE, [first.id]),
  ];
  const wholeTables = plans.join('\n').match(/Seq Scan on (lines|visit_records|visits|scans)\b/g) ?? [];
  return { times, wholeTables };
}

async function planOf(owner, text, values) {
  const literal = (value) =>
    value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;
  const filled = text.replaceAll(/\$(\d+)/g, (_, number) => literal(values[number - 1]));
  const { rows } = await owner.query(`EXPLAIN ${filled}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

function treasurer(networkId) {
  return {
    kind: 'person',
    id: newId(),
    personId: newId(),
    spaceId: null,
    name: 'bench',
    grants: [
      {
        role: 'network_treasurer',
        organisationId: networkId,
        organisationKind: 'network',
        networkIds: [networkId],
      },
    ],
    scope: { networks: [networkId] },
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
