/**
 * The sandbox as a process of its own: `node dist/src/payment-sandbox/main.js PORT FILE [HOST]`. It says its
 * address when it listens, and ends with whoever started it.
 */
import { startSandbox } from './server.js';

const [port = '12111', file, host = '127.0.0.1'] = process.argv.slice(2);
const sandbox = await startSandbox({ port: Number(port), file: file || null, host });
if (process.send) process.send({ url: sandbox.url });
else process.stdout.write(`The payment sandbox listens at ${sandbox.url}\n`);

let isStopping = false;
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  await sandbox.close();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
process.once('disconnect', () => void stop());
