import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { add, amount } from '../../src/kernel/money.js';
import type { Ledger, TransferOrder } from '../../src/ledger/index.js';
import type { Db } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';

const configFile = path.resolve('.dependency-cruiser.mjs');
const { mayImport: table } = (await import(configFile)) as { mayImport: Record<string, string[]> };

function cruise(folder: string): { status: number | null; output: string } {
  const program = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'src', 'web/src', '--config', configFile];
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status: result.status, output: result.stdout + result.stderr };
}

it('every folder under src is a layer or a module of the table', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = new Set(['kernel', 'platform', ...Object.keys(table)]);
  expect(folders.map((folder) => folder.name).filter((name) => !known.has(name))).toEqual([]);
});

it('the table names only modules that exist in it, and only ones above their importer', () => {
  const names = Object.keys(table);
  for (const [name, allowed] of Object.entries(table)) {
    for (const other of allowed) expect(`${name} → ${other}: ${depth(other) < depth(name)}`).toMatch(/true$/);
    expect(names).toEqual(expect.arrayContaining(allowed));
  }
});

it('the tree obeys it', () => {
  expect(cruise('.')).toMatchObject({ status: 0 });
}, 120_000);

it('an upward import, a deep import, an impure kernel and a web that reaches into the server are refused by name', () => {
  const folder = mkdtempSync(path.join(path.resolve('node_modules'), '.module-graph-'));
  try {
    write(folder, 'tsconfig.graph.json', '{ "compilerOptions": { "module": "nodenext" } }');
    write(folder, 'src/ledger/index.ts', `export * from '../bookings/index.js';`);
    write(folder, 'src/bookings/index.ts', `export * from '../passes/pass.entity.js';`);
    write(folder, 'src/passes/pass.entity.ts', 'export const pass = 1;');
    write(folder, 'src/kernel/money.ts', `export * from '../platform/db.js';`);
    write(folder, 'src/platform/db.ts', 'export const db = 1;');
    write(folder, 'web/src/page.ts', `export * from '../../src/platform/db.js';`);
    const { status, output } = cruise(folder);
    expect(status).toBeGreaterThan(0);
    for (const rule of ['ledger-imports', 'only-through-index', 'kernel-is-pure', 'web-imports-wire-only'])
      expect(output).toContain(rule);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

/** The longest way down: infinite recursion on a cycle, which Jest reports with this function's name. */
function depth(name: string): number {
  return 1 + Math.max(-1, ...table[name]!.map(depth));
}

function write(folder: string, file: string, text: string): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

// swc drops types without looking at them, so no other test would notice a type error.
it('the whole tree type-checks, and what must not compile does not', () => {
  // It shares what is known since the last time with `npm run types`, and looks only at what has changed.
  const known = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo'];
  const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', ...known];
  const result = spawnSync(process.execPath, tsc, { encoding: 'utf8' });
  expect(result.stdout).toBe('');
  expect(result.status).toBe(0);
}, 240_000);

/** Mistakes that the types refuse: the check fails when the line below a @ts-expect-error compiles. Never called. */
export async function mustNotCompile(db: Db, ledger: Ledger, order: TransferOrder): Promise<void> {
  // @ts-expect-error -- writing outside a transaction
  await db.read(PUBLIC_SCOPE, (on) => ledger.hold(on, order));

  // @ts-expect-error -- adding two currencies
  add(amount('EUR', 1), amount('CHF', 1));

  // @ts-expect-error -- a unit we do not keep
  amount('USD', 1);

  await db.tx(PUBLIC_SCOPE, (tx) => ledger.hold(tx, order)); // and this must compile
}
