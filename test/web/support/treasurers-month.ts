import { newId } from '../../../src/kernel/ids.js';
import { tamperingSql } from '../../support/app.js';
import { giveAccount, IBANS, type Name } from '../../support/make-banking.js';
import { agentWith, type Agent } from '../../support/make-identity.js';
import { makeTreasurersMonth } from '../../support/make-settlement.js';
import { putRules } from '../../support/settle.js';
import { makeMember, type Member, type WebApp } from './web-app.js';

type Treasurer = Member & { readonly agent: Agent };
export type Month = Awaited<ReturnType<typeof makeTreasurersMonth>> & {
  readonly first: Treasurer;
  readonly second: Treasurer;
  readonly third: Treasurer;
  /** Somebody who manages the space of Marseille. */
  readonly member: Treasurer;
  readonly accounts: Readonly<Record<Name, string>>;
};

/** Scenario S6 with the scan behind each visit, three treasurers, rules that want two of them, and every party's account. */
export async function makeMonthForScreens(web: WebApp): Promise<Month> {
  const month = await makeTreasurersMonth(web.app);
  await tamperingSql(SCANS);
  const person = async (
    name: string,
    organisationId: string,
    role: 'network_treasurer' | 'space_manager',
  ) => {
    const member = await makeMember(web, { name, grants: [{ organisationId, role }] });
    return { ...member, agent: agentWith(web.app, member.session) };
  };
  const first = await person('Leïla Benali', month.networkId, 'network_treasurer');
  const second = await person('Marko Horvat', month.networkId, 'network_treasurer');
  const third = await person('Chiara De Luca', month.networkId, 'network_treasurer');
  const member = await person('Amina Ferrand', month.parties.MRS.operatorId, 'space_manager');
  await putRules(month, { fourEyes: true, disputeDays: 0 });
  const people = { ...month, treasurer: first.agent, second: second.agent, third: third.agent };
  const accounts = {} as Record<Name, string>;
  for (const name of Object.keys(IBANS) as Name[]) accounts[name] = await giveAccount(people, name);
  return { ...month, first, second, third, member, accounts };
}

/** What the door left of each visit: a live code, read an hour after opening. */
const SCANS = `
  INSERT INTO checkin.scans (id, request_hash, code_hash, space_id, host_network_id, home_network_id, person_id,
    credential_id, visit_id, state, evidence, day, scanned_at, decided_at, scanned_by, created_at)
  SELECT scan_id, '', md5(scan_id::text), host_space_id, host_network_id, home_network_id, gen_random_uuid(),
    gen_random_uuid(), visit_id, 'ACCEPTED', evidence, day, day + time '09:00', day + time '09:00', 'device', now()
  FROM checkin.visit_records`;

type Booked = { readonly amount: string; readonly reference?: string; readonly payee: Name };

/** A camt.053 of Lecce's bank, with what has left the account. */
export function leccesStatement(entries: readonly Booked[]): Buffer {
  const ntry = entries.map(
    ({ amount, reference, payee }) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>
      <Sts>BOOK</Sts><BookgDt><Dt>2026-12-01</Dt></BookgDt><NtryDtls><TxDtls>
      <Refs><EndToEndId>${reference ?? 'NOTPROVIDED'}</EndToEndId></Refs><RltdPties><Cdtr><Nm>${payee}</Nm></Cdtr>
      <CdtrAcct><Id><IBAN>${IBANS[payee]}</IBAN></Id></CdtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>`,
  );
  return Buffer.from(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
    <Acct><Id><IBAN>${IBANS['LEC']}</IBAN></Id></Acct>${ntry.join('')}</Stmt></BkToCstmrStmt></Document>`);
}

/** Closed by two people, announced and called: as far as a treasurer comes before the bank. */
export async function callMonth({ first, second, networkId, windowId }: Month): Promise<void> {
  const approval = newId();
  const put = (agent: Agent, path: string, body: object = {}) => agent.put(path).send(body).expect(200);
  await put(first.agent, `/v1/approvals/${approval}`, { networkId, act: 'CLOSE_WINDOW', subject: windowId });
  await put(second.agent, `/v1/approvals/${approval}/signature`);
  for (const step of ['closure', 'advice', 'call']) await put(first.agent, `/v1/windows/${windowId}/${step}`);
}
