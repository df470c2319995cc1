import { sql, type Tx } from '../platform/db.js';

/** What would happen: `work` does it, its answer is kept and everything else is undone. */
export async function dryRun<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await sql(tx, 'SAVEPOINT dry_run');
  try {
    return await work();
  } finally {
    await sql(tx, 'ROLLBACK TO SAVEPOINT dry_run');
  }
}
