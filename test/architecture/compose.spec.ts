import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig, SECRETS, ConfigSchema } from '../../src/platform/config.js';

type Service = {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
};

const { services, volumes } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const ours = ['api', 'worker'].map((name) => services[name]!);

/** What Compose does with `${NAME:-default}` and `${NAME:?message}`. */
const filledIn = (value: string) =>
  value.replace(/\$\{([A-Z_]+):([-?])([^}]*)\}/g, (_all, name: string, kind: string, word: string) =>
    kind === '-' ? word : { MASTER_KEY: Buffer.alloc(32).toString('base64'), POSTGRES_PASSWORD: 'x' }[name]!,
  );

describe('docker-compose.yml', () => {
  it('has the services it promises, each with a health check', () => {
    expect(Object.keys(services).toSorted()).toEqual(['api', 'mailpit', 'postgres', 'redis', 'worker']);
    for (const service of Object.values(services)) expect(service.healthcheck?.test[0]).toBe('CMD');
    expect(services['postgres']!.image).toBe('postgres:18');
  });

  it('sets only settings that exist, to values that are taken', () => {
    const known = [...Object.keys(ConfigSchema.shape), ...SECRETS.map((name) => `${name}_FILE`)];
    for (const { environment = {} } of ours) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
      const settings = Object.fromEntries(Object.entries(environment).map(([k, v]) => [k, filledIn(v)]));
      expect(readConfig(settings)).toMatchObject({ DEMO: false, DATABASE_URL: expect.any(String) });
    }
  });

  it('gives API and worker one database, one queue and one master key', () => {
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'MASTER_KEY'])
      expect(new Set(ours.map(({ environment }) => environment![name])).size).toBe(1);
  });

  it('waits for services that exist, and mounts volumes that are declared', () => {
    for (const { depends_on: needs = {}, volumes: mounts = [] } of Object.values(services)) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(needs)));
      for (const mount of mounts) expect(volumes).toHaveProperty(mount.split(':')[0]!);
    }
  });

  it('runs programs that the build makes, from an image this repository describes', () => {
    expect(existsSync('Dockerfile')).toBe(true);
    for (const { command, build } of ours) {
      expect(build).toBe('.');
      const program = command?.at(-1) ?? 'dist/src/main.js';
      expect(existsSync(program.replace(/^dist\//, '').replace(/\.js$/, '.ts'))).toBe(true);
    }
  });

  it('writes no secret down', () => {
    expect(readFileSync('docker-compose.yml', 'utf8')).not.toMatch(/PASSWORD: (?!\$\{)|MASTER_KEY: (?!\$\{)/);
  });
});
