import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../support/app.js';
import { freePort } from '../support/redis.js';

const STARTS_WITHIN_MS = 60_000;

type Launched = { readonly child: ChildProcess; readonly port: number; readonly output: () => string };

/** A data folder of its own, whose path is only in this test's processes. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-launch-'));
const data = path.join(folder, 'data');
const children: ChildProcess[] = [];

const environment = (more: Record<string, string>) => {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, DATA_DIR: data, ...more };
};

/** What `npm start` runs, from the build that `npm test` has just made. */
async function launch(port?: number, settings: Record<string, string> = {}): Promise<Launched> {
  const wanted = port ?? (await freePort());
  const env = environment({ PORT: String(wanted), ...settings });
  const child = spawn(process.execPath, ['dist/src/main.js'], { env });
  children.push(child);
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
    child.stdout.on('data', () => output.includes('Ctrl-C stops it') && resolve());
  });
  return {
    child,
    port: Number(/answers on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)![1]),
    output: () => output,
  };
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.removeAllListeners('exit');
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** Processes of the data folder's PostgreSQL, by what /proc says of them. */
function postgresProcesses(): number {
  if (!existsSync('/proc/self/cmdline')) return 0;
  return readdirSync('/proc').filter(
    (id) => /^\d+$/.test(id) && commandLine(id).includes(path.join(data, 'pg')),
  ).length;
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const status = async (port: number, at: string) => (await fetch(`http://127.0.0.1:${port}${at}`)).status;

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  const pidFile = path.join(data, 'pg', 'postmaster.pid');
  if (existsSync(pidFile)) process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGQUIT');
  await eventually(async () => postgresProcesses(), 0);
  rmSync(folder, { recursive: true, force: true });
});

/** Stands where traces are sent to, and keeps what it is told. */
async function collector(): Promise<{
  readonly settings: Record<string, string>;
  readonly told: () => string;
}> {
  const told: string[] = [];
  const server = http.createServer((request, response) => {
    request.on('data', (chunk: Buffer) => told.push(chunk.toString()));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve).unref());
  const { port } = server.address() as net.AddressInfo;
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
  return { settings, told: () => told.join('') };
}

describe('npm start', () => {
  let running: Launched;
  let traces: Awaited<ReturnType<typeof collector>>;

  it(
    'becomes ready with nothing but a folder, which only its owner may enter',
    async () => {
      traces = await collector();
      running = await launch(undefined, traces.settings);
      await eventually(() => status(running.port, '/readyz'), 200);
      expect(statSync(data).mode & 0o777).toBe(0o700);
      for (const secret of ['master.key', 'server.json', 'pg.password'])
        expect(statSync(path.join(data, secret)).mode & 0o777).toBe(0o600);
    },
    STARTS_WITHIN_MS,
  );

  it('serves the API description, and a page to read it that needs no other origin', async () => {
    const at = (where: string) => fetch(`http://127.0.0.1:${running.port}${where}`);
    expect(await (await at('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
    const page = await at('/docs');
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const asset of ['swagger-ui-bundle.js', 'swagger-ui-init.js', 'swagger-ui.css'])
      expect((await at(`/docs/${asset}`)).status).toBe(200);
  });

  it('logs requests by their route: no address, no query', async () => {
    await fetch(`http://127.0.0.1:${running.port}/v1/nowhere/leila@example.org?email=leila@example.org`);
    await fetch(`http://127.0.0.1:${running.port}/version?email=leila@example.org`);
    const routes = async () => running.output().includes('"route":"/version"');
    await eventually(routes, true);
    expect(running.output()).not.toContain('leila');
  });

  it(
    'lends its database to the command line',
    () => {
      const verify = ['dist/src/cli.js', 'ledger:verify', '--json'];
      const result = spawnSync(process.execPath, verify, { env: environment({}), encoding: 'utf8' });
      expect(result.status).toBe(0);
      const { wrong, books } = JSON.parse(result.stdout) as { wrong: []; books: { differences: [] }[] };
      expect([wrong, ...books.map(({ differences }) => differences)].flat()).toEqual([]);
    },
    STARTS_WITHIN_MS,
  );

  it('traces requests and statements by OpenTelemetry: the route, no address, no query', async () => {
    await eventually(async () => traces.told().includes('GET /version'), true);
    await eventually(
      async () => traces.told().includes('"db.statement"') || traces.told().includes('"db.query.text"'),
      true,
    );
    expect(traces.told()).not.toContain('leila');
  });

  it('stops on Ctrl-C with exit code 0 and leaves no PostgreSQL behind', async () => {
    expect(await stop(running.child, 'SIGINT')).toBe(0);
    expect(postgresProcesses()).toBe(0);
    expect(existsSync(path.join(data, 'server.json'))).toBe(false);
  });

  it(
    'starts again after it was killed, on the same data, and takes the next port when its own is taken',
    async () => {
      const killed = await launch();
      await stop(killed.child, 'SIGKILL');
      const squatter = net.createServer().listen(killed.port, '127.0.0.1');
      const again = await launch(killed.port);
      expect(again.output()).toContain(`Port ${killed.port} is taken`);
      expect(again.port).toBeGreaterThan(killed.port);
      await eventually(() => status(again.port, '/readyz'), 200);
      expect(await stop(again.child, 'SIGTERM')).toBe(0);
      squatter.close();
    },
    2 * STARTS_WITHIN_MS,
  );

  it(
    'stops by itself when its launcher is killed',
    async () => {
      // scripts/run.mjs holds an IPC channel to it; this process stands for the launcher.
      const port = String(await freePort());
      const child = spawn(process.execPath, ['dist/src/main.js'], {
        env: environment({ PORT: port }),
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      children.push(child);
      await eventually(() => status(Number(port), '/healthz').catch(() => 0), 200);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      expect(await ended).toBe(0);
      expect(postgresProcesses()).toBe(0);
    },
    STARTS_WITHIN_MS,
  );

  it('says every mistake of its settings and starts nothing', () => {
    const env = environment({ PORT: 'seventy', SMTP_URL: 'http://x' });
    const result = spawnSync(process.execPath, ['dist/src/main.js'], { env, encoding: 'utf8' });
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/PORT[^]*SMTP_URL/);
  });
});

describe('a worker of its own', () => {
  it('asks for the database it shares with the API', () => {
    const result = spawnSync(process.execPath, ['dist/src/worker.js'], {
      env: environment({}),
      encoding: 'utf8',
    });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('DATABASE_URL');
  });
});
