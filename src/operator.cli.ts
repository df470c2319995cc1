/** What an operator does from the server, on the database itself: imports, verification, migrations. */
import 'reflect-metadata';
import { ConsoleLogger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Command } from 'commander';
import { AppModule } from './app.module.js';
import { migrate } from './database.js';
import { registerDoctorCli } from './doctor.js';
import { registerBillingCli } from './billing/index.js';
import { registerDirectoryCli } from './directory/index.js';
import { registerIdentityCli } from './identity/index.js';
import { registerBooksCli } from './books/index.js';
import { registerSettlementCli } from './settlement/index.js';
import type { OpenCli } from './platform/cli.js';
import type { Settings } from './platform/config.js';
import { findRunningServer } from './platform/running-server.js';
import { configOn, openDatabase, type Database } from './start.js';

/** Adds the operator's verbs; returns how to let go of what they opened. */
export function registerOperatorCli(program: Command, settings: Settings): () => Promise<void> {
  let database: Database | undefined;
  const opened: INestApplicationContext[] = [];

  /** DATABASE_URL, else the database of the running `npm start`, else the embedded one for as long as this takes. */
  async function databaseUrl(): Promise<string> {
    const running = settings.DATABASE_URL ? null : findRunningServer(settings.DATA_DIR);
    database ??= running ? { url: running.url, stop: async () => {} } : await openDatabase(settings);
    return database.url;
  }

  /** Errors go to stderr, so that stdout holds the answer alone. */
  const open: OpenCli = async () => {
    const url = await databaseUrl();
    await migrate(url);
    const app = await NestFactory.createApplicationContext(AppModule.with(configOn(url, settings)), {
      abortOnError: false,
      logger: new ConsoleLogger({ logLevels: ['error', 'fatal'] }),
    });
    opened.push(app);
    return app;
  };

  program
    .command('migrations:run')
    .description('bring the database to the newest schema')
    .action(async () => migrate(await databaseUrl()));
  registerDoctorCli(program, async () => configOn(await databaseUrl(), settings));
  registerIdentityCli(program, open);
  registerDirectoryCli(program, open);
  registerBooksCli(program, open);
  registerBillingCli(program, open);
  registerSettlementCli(program, open);
  return async () => {
    await Promise.all(opened.map((app) => app.close()));
    await database?.stop();
  };
}
