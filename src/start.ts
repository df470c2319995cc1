/** What every process does before it is an API, a worker or a command: settings, database, logger, and the end. */
import { mkdirSync } from 'node:fs';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config, Settings } from './platform/config.js';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.js';
import { masterKey } from './platform/master-key.js';

export type Database = { readonly url: string; readonly stop: () => Promise<void> };

/** A real server when DATABASE_URL is set, the embedded one when it is not. */
export async function openDatabase(settings: Settings): Promise<Database> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, stop: async () => {} };
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 });
  const server = await startEmbeddedPostgres({ dir: `${settings.DATA_DIR}/pg` });
  return { url: server.url('postgres'), stop: server.stop };
}

/** Settings that nobody gave are found or made here. */
export function configOn(databaseUrl: string, settings: Settings): Config {
  return {
    ...settings,
    DATABASE_URL: databaseUrl,
    MASTER_KEY: settings.MASTER_KEY ?? masterKey(settings.DATA_DIR),
    DEMO: settings.DEMO ?? !settings.DATABASE_URL,
  };
}

const LEVELS: readonly LogLevel[] = ['debug', 'log', 'warn', 'error', 'fatal'];

/** What the framework says while it puts itself together, a line per module and route. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** One JSON object per line; the framework's own only when debugging. */
class JsonLogger extends ConsoleLogger {
  override log(message: unknown, context?: string): void {
    if (context && FRAMEWORK.has(context)) this.debug(message, context);
    else super.log(message, ...(context ? [context] : []));
  }
}

export function jsonLogger(level: Settings['LOG_LEVEL']): ConsoleLogger {
  return new JsonLogger({ json: true, colors: false, logLevels: LEVELS.slice(LEVELS.indexOf(level)) });
}

/**
 * Ctrl-C and its like, or the end of the launcher (scripts/run.mjs holds a channel to us, which closes
 * however it ends). A second signal changes nothing.
 */
export function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = async () => {
    if (stopping) return;
    stopping = true;
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopOnce());
  process.once('disconnect', () => void stopOnce());
}
