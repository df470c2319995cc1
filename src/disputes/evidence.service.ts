import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { Files } from '../platform/files/files.js';
import { namedScope } from '../platform/scope.js';
import { DisputeProblems } from './dispute.problems.js';
import { disputeById, lineToDispute } from './dispute.queries.js';

type Attached = { readonly scanIds: readonly string[]; readonly fileIds: readonly string[] };
type About = { readonly recordId: string } | { readonly disputeId: string };
const CLEARING = namedScope('clearing');

/** What two sides show each other: scans at the doors of either, and files that whoever attaches them may read. */
@Injectable()
export class Evidence {
  constructor(
    private readonly db: Db,
    private readonly files: Files,
  ) {}

  async demand(actor: Actor, about: About, { scanIds, fileIds }: Attached): Promise<void> {
    const scans = await this.db.read(CLEARING, async (on) =>
      scansAt(on, await partiesOf(on, about), scanIds),
    );
    const files = await this.db.read(actor.scope, (on) => this.files.known(on, fileIds));
    const unknown = [
      ...scanIds.filter((id) => !scans.includes(id)),
      ...fileIds.filter((id) => !files.includes(id)),
    ];
    if (unknown.length > 0)
      throw DisputeProblems.evidenceUnknown(
        'Attach scans at the doors of the two parties, and files that you may read yourself.',
        { ids: unknown },
      );
  }
}

/** Nobody's, when there is no such line: then the dispute itself is refused. */
async function partiesOf(on: Reader, about: About): Promise<string[]> {
  if ('recordId' in about) {
    const line = await lineToDispute(on, about.recordId);
    return line ? [line.debtorPartyId, line.creditorPartyId] : [];
  }
  const dispute = await disputeById(on, about.disputeId);
  return dispute ? [dispute.debtor.id, dispute.creditor.id] : [];
}

async function scansAt(
  on: Reader,
  spaceIds: readonly string[],
  scanIds: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    'SELECT id FROM checkin.pub_scans WHERE id = ANY ($1::uuid[]) AND space_id = ANY ($2::uuid[])',
    [scanIds, spaceIds],
  );
  return rows.map(({ id }) => id);
}
