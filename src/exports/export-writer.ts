import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PIECE_BYTES = 1_000_000;

/** A file on its way: on the disk, never in memory, with its length and its SHA-256 as it grows. */
export type Draft = {
  readonly write: (bytes: string | Buffer) => Promise<void>;
  readonly sha256: () => string;
  readonly size: () => number;
  readonly pieces: () => AsyncIterable<Buffer>;
};

/** Calls `work` with an empty draft, and leaves nothing behind on the disk whatever happens. */
export async function drafting<Result>(work: (draft: Draft) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'escale-export-'));
  const file = path.join(folder, 'draft');
  const handle = await open(file, 'w');
  const hash = createHash('sha256');
  let size = 0;
  try {
    return await work({
      write: async (content) => {
        const bytes = Buffer.from(content);
        hash.update(bytes);
        size += bytes.length;
        await handle.write(bytes);
      },
      sha256: () => hash.copy().digest('hex'),
      size: () => size,
      pieces: () => createReadStream(file, { highWaterMark: PIECE_BYTES }),
    });
  } finally {
    await handle.close();
    await rm(folder, { recursive: true });
  }
}
