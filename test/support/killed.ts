import { spawn, type ChildProcess } from 'node:child_process';
import pg from 'pg';
import { databaseUrl, eventually, ownerSql } from './app.js';

const KILL_WITHIN_MS = 60_000;

/**
 * Starts the act in a process of its own, and kills it in the moment in which it is about to write to this table: we hold
 * the table until then. Ends when the database has noticed.
 */
export async function killedAt(table: string, ...act: string[]): Promise<void> {
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
  const child = start(act);
  try {
    const waiting = () =>
      ownerSql<{ pid: number }>('SELECT pid FROM pg_locks WHERE NOT granted AND relation = $1::regclass', [
        table,
      ]);
    await eventually(async () => (await waiting()).length, 1, KILL_WITHIN_MS);
    const [{ pid }] = (await waiting()) as [{ pid: number }];
    await kill(child);
    await holder.query('ROLLBACK');
    const alive = async () => (await ownerSql('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).length;
    await eventually(alive, 0);
  } finally {
    child.kill('SIGKILL');
    await holder.end();
  }
}

/** Starts the act, and kills it as soon as it has come so far, wherever it is by then. */
export async function killedOnce(hasCome: () => Promise<boolean>, ...act: string[]): Promise<void> {
  const child = start(act);
  try {
    await eventually(hasCome, true, KILL_WITHIN_MS);
    await kill(child);
    const busy = async () =>
      (
        await ownerSql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
         AND pid <> pg_backend_pid()`)
      ).length;
    await eventually(busy, 0);
  } finally {
    child.kill('SIGKILL');
  }
}

function start(act: readonly string[]): ChildProcess {
  const { PATH } = process.env;
  const env = { PATH, DATABASE_URL: databaseUrl, MASTER_KEY: Buffer.alloc(32).toString('base64') };
  return spawn(process.execPath, ['test/support/act.mjs', ...act], { env, stdio: 'ignore' });
}

async function kill(child: ChildProcess): Promise<void> {
  const isOver = child.exitCode !== null || child.signalCode !== null;
  const ended = isOver ? null : new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
