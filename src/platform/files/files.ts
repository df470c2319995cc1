import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { Clock } from '../clock.js';
import { sql, type Reader, type Tx } from '../db.js';
import { RequestProblems } from '../http/request-problems.js';
import { FileProblems } from './file.problems.js';

/** The longest file an upload route takes. */
export const FILE_BYTES_MAX = 10_000_000;

/** Types that a browser shows without running anything. */
export const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;

export type NewFile = {
  readonly id: string;
  /** A person's own file; null for a network's. */
  readonly ownerPersonId: string | null;
  readonly networkId: string | null;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};
export type StoredFile = NewFile & { readonly bytes: Buffer };

/** The one file store. Who may read a file is row-level security: its person, or its network. */
@Injectable()
export class Files {
  constructor(private readonly clock: Clock) {}

  /** The same id with the same bytes changes nothing. */
  async put(tx: Tx, file: NewFile): Promise<void> {
    await demandType(file);
    const sha256 = createHash('sha256').update(file.bytes).digest();
    const inserted = await sql(
      tx,
      `INSERT INTO platform.files (id, owner_person_id, network_id, name, media_type, sha256, bytes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        file.id,
        file.ownerPersonId,
        file.networkId,
        file.name,
        file.mediaType,
        sha256,
        Buffer.from(file.bytes),
        this.clock.now().toString(),
      ],
    );
    if (inserted.length === 1) return;
    const [same] = await sql(
      tx,
      'SELECT id FROM platform.files WHERE id = $1 AND sha256 = $2 AND name = $3',
      [file.id, sha256, file.name],
    );
    if (!same) throw RequestProblems.idReused('Another file has this id: make a new id for a new file.');
  }

  async read(on: Reader, id: string): Promise<StoredFile> {
    const [file] = await sql<StoredFile>(
      on,
      `SELECT id, owner_person_id AS "ownerPersonId", network_id AS "networkId", name,
         media_type AS "mediaType", bytes
       FROM platform.files WHERE id = $1 AND erased_at IS NULL`,
      [id],
    );
    if (!file) throw FileProblems.notFound('There is no such file, or it is not yours to read.');
    return file;
  }

  /** Which of these there are in reach, still to be read. */
  async known(on: Reader, ids: readonly string[]): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      on,
      'SELECT id FROM platform.files WHERE id = ANY ($1::uuid[]) AND erased_at IS NULL',
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * A file that we have made ourselves, in pieces, so that its length is nobody's memory. False when it is there
   * already. The pieces are read within the transaction that keeps them.
   */
  async putMade(
    tx: Tx,
    file: Omit<NewFile, 'bytes' | 'ownerPersonId'> & { readonly networkId: string; readonly sha256: string },
    pieces: AsyncIterable<Buffer>,
  ): Promise<boolean> {
    const now = this.clock.now().toString();
    const [added] = await sql(
      tx,
      `INSERT INTO platform.files (id, network_id, name, media_type, sha256, bytes, created_at)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'), '', $6) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [file.id, file.networkId, file.name, file.mediaType, file.sha256, now],
    );
    if (!added) return false;
    let number = 0;
    for await (const bytes of pieces) {
      await sql(
        tx,
        `INSERT INTO platform.file_pieces (file_id, number, network_id, bytes, created_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [file.id, number, file.networkId, bytes, now],
      );
      number += 1;
    }
    return true;
  }

  /** One piece of such a file; null after the last. */
  async piece(on: Reader, id: string, number: number): Promise<Buffer | null> {
    const [piece] = await sql<{ bytes: Buffer }>(
      on,
      'SELECT bytes FROM platform.file_pieces WHERE file_id = $1 AND number = $2',
      [id, number],
    );
    return piece?.bytes ?? null;
  }

  /** The bytes and the name go; that there was a file stays. */
  async erase(tx: Tx, id: string): Promise<void> {
    await sql(tx, 'DELETE FROM platform.file_pieces WHERE file_id = $1', [id]);
    await sql(
      tx,
      `UPDATE platform.files SET bytes = NULL, name = '', erased_at = $2 WHERE id = $1 AND erased_at IS NULL`,
      [id, this.clock.now().toString()],
    );
  }
}

/** What the bytes are, not what somebody says they are. */
async function demandType(file: NewFile): Promise<void> {
  const found = (await fileTypeFromBuffer(file.bytes))?.mime;
  if (found === file.mediaType && MEDIA_TYPES.some((type) => type === found)) return;
  throw FileProblems.typeRefused(
    `${file.name} is ${found ?? 'of an unknown type'}, sent as ${file.mediaType}: send one of ${MEDIA_TYPES.join(', ')}.`,
  );
}
