import { stopTelemetry } from './telemetry.js';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { migrate } from './database.js';
import { Background } from './platform/background.js';
import { readConfig } from './platform/config.js';
import { configOn, jsonLogger, onStopSignal } from './start.js';

await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

/** Relay, consumers, mails and sweeps without HTTP, beside API processes on the same database. */
async function run(): Promise<void> {
  const settings = readConfig(process.env);
  if (!settings.DATABASE_URL)
    throw new Error('A worker of its own needs DATABASE_URL; `npm start` brings one.');
  const config = configOn(settings.DATABASE_URL, settings);
  await migrate(config.DATABASE_URL);
  const app = await NestFactory.createApplicationContext(AppModule.with(config), {
    abortOnError: false,
    logger: jsonLogger(config.LOG_LEVEL),
  });
  await app.get(Background).start();
  onStopSignal(async () => {
    await app.close();
    await stopTelemetry();
  });
}
