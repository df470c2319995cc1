import { Injectable } from '@nestjs/common';
import { Directory, partyAt, speaksFor } from '../directory/index.js';
import { may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { FileProblems } from '../platform/files/file.problems.js';
import { Files, type StoredFile } from '../platform/files/files.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope, withNetworks } from '../platform/scope.js';
import { DisputeProblems } from './dispute.problems.js';
import { disputeById, lineToDispute, type LineToDispute } from './dispute.queries.js';
import type { DisputeView, EvidenceFileView } from './dispute.schema.js';

type Attached = { readonly scanIds: readonly string[]; readonly fileIds: readonly string[] };
type About = { readonly recordId: string } | { readonly disputeId: string };
export type EvidenceFile = {
  readonly id: string;
  readonly recordId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
};
const CLEARING = namedScope('clearing');

/** What two sides show each other: scans at the doors of either, and files that either has added to the line. */
@Injectable()
export class Evidence {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly files: Files,
  ) {}

  /** A file for a line, by one of its sides or the treasurer: before a dispute is opened, or during it. */
  async add(actor: Actor, { recordId, ...file }: EvidenceFile): Promise<EvidenceFileView> {
    const line = await this.db.read(CLEARING, (on) => this.lineOf(on, actor, recordId));
    const { networkId } = line;
    await this.db.tx(withNetworks(CLEARING, networkId), async (tx) => {
      await this.files.put(tx, { ...file, ownerPersonId: null, networkId });
      await sql(
        tx,
        `INSERT INTO disputes.evidence_files (file_id, record_id, network_id, name, added_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (file_id) DO NOTHING`,
        [file.id, recordId, networkId, file.name, actor.name, this.clock.now().toString()],
      );
      if ((await filesOf(tx, recordId, [file.id])).length === 0)
        throw RequestProblems.idReused('This id stands for a file of another line: make a new one.');
    });
    return { id: file.id, recordId, name: file.name };
  }

  /** Of a dispute that the actor sees. */
  async read(dispute: DisputeView, fileId: string): Promise<StoredFile> {
    if (!dispute.moves.some(({ fileIds }) => fileIds.includes(fileId)))
      throw FileProblems.notFound('Check the id; this dispute has no such file.');
    const { networkId } = (await this.db.read(CLEARING, (on) => disputeById(on, dispute.id)))!;
    return this.db.read(withNetworks(CLEARING, networkId), (on) => this.files.read(on, fileId));
  }

  async demand(about: About, { scanIds, fileIds }: Attached): Promise<void> {
    const unknown = await this.db.read(CLEARING, async (on) => {
      const { recordId, parties } = await lineAbout(on, about);
      const scans = await scansAt(on, parties, scanIds);
      const files = await filesOf(on, recordId, fileIds);
      return [...scanIds.filter((id) => !scans.includes(id)), ...fileIds.filter((id) => !files.includes(id))];
    });
    if (unknown.length > 0)
      throw DisputeProblems.evidenceUnknown(
        'Attach scans at the doors of the two parties, and files added with PUT /v1/evidence-files/{id}.',
        { ids: unknown },
      );
  }

  private async lineOf(on: Reader, actor: Actor, recordId: string): Promise<LineToDispute> {
    const line = await lineToDispute(on, recordId);
    if (line) {
      const { networkId } = line;
      if (may(actor, 'windows:write', { organisationId: networkId, networkId })) return line;
      for (const partyId of [line.debtorPartyId, line.creditorPartyId]) {
        const party = await this.directory.party(on, partyId);
        if (speaksFor(actor, await partyAt(on, this.directory, party))) return line;
      }
    }
    throw DisputeProblems.noLine('Check the id; none of your spaces has a line for this record.');
  }
}

/** Nobody's, when there is no such line: then the dispute itself is refused. */
async function lineAbout(on: Reader, about: About): Promise<{ recordId: string | null; parties: string[] }> {
  if ('recordId' in about) {
    const line = await lineToDispute(on, about.recordId);
    return { recordId: about.recordId, parties: line ? [line.debtorPartyId, line.creditorPartyId] : [] };
  }
  const dispute = await disputeById(on, about.disputeId);
  return dispute
    ? { recordId: dispute.recordId, parties: [dispute.debtor.id, dispute.creditor.id] }
    : { recordId: null, parties: [] };
}

async function filesOf(on: Reader, recordId: string | null, fileIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    'SELECT file_id AS id FROM disputes.evidence_files WHERE file_id = ANY ($1::uuid[]) AND record_id = $2',
    [fileIds, recordId],
  );
  return rows.map(({ id }) => id);
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
