/** Processor time of a PostgreSQL server and of other processes, in seconds, as Linux counts it; null elsewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICKS = existsSync('/proc/self/stat') ? Number(execFileSync('getconf', ['CLK_TCK'])) : null;

/** The fields of /proc/<pid>/stat after the name, which may hold spaces itself. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: user + system, ended: childUser + childSystem };
  } catch {
    return null; // it has ended meanwhile
  }
}

/** The parent of any backend is the server; what its children took is added to it when they end. */
export async function postmasterOf(client) {
  if (!TICKS) return null;
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  return statOf(rows[0].pid)?.parent ?? null;
}

export function serverSeconds(postmaster) {
  if (!postmaster) return null;
  const { own, ended } = statOf(postmaster);
  let ticks = own + ended;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat?.parent === postmaster) ticks += stat.own + stat.ended;
  }
  return ticks / TICKS;
}

export function processSeconds(pid) {
  const stat = TICKS ? statOf(pid) : null;
  return stat ? stat.own / TICKS : null;
}

/** How many processes wanted a core in the last minute: what else this machine was doing. */
export function load() {
  return existsSync('/proc/loadavg') ? Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]) : null;
}
