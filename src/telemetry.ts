/**
 * Traces by OpenTelemetry where OTEL_EXPORTER_OTLP_ENDPOINT says where to. It must be the first import of a process:
 * what is loaded before it is not traced. Spans carry routes and statements, never addresses, queries or values: those
 * may hold a person's name or a secret link.
 */
import { createRequire } from 'node:module';
import type { NodeSDK } from '@opentelemetry/sdk-node';

const UNSAID = {
  'http.url': '',
  'http.target': '',
  'url.full': '',
  'url.path': '',
  'url.query': '',
  'user_agent.original': '',
  'http.user_agent': '',
};

// oxlint-disable-next-line node/no-process-env -- read before there is a configuration, under the names of its standard
const sdk = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? startSdk() : null;

/** Synchronous, so that nothing else is loaded meanwhile. */
function startSdk(): NodeSDK {
  const require = createRequire(import.meta.url);
  const { NodeSDK: Sdk } = require('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const { HttpInstrumentation } =
    require('@opentelemetry/instrumentation-http') as typeof import('@opentelemetry/instrumentation-http');
  const { PgInstrumentation } =
    require('@opentelemetry/instrumentation-pg') as typeof import('@opentelemetry/instrumentation-pg');
  const started = new Sdk({
    serviceName: 'escale',
    instrumentations: [
      new HttpInstrumentation({
        startIncomingSpanHook: () => UNSAID,
        startOutgoingSpanHook: () => UNSAID,
      }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  started.start();
  return started;
}

/** Sends what has not been sent. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown();
}
