// Owns a stand-in for the provider of payments: a process of its own that keeps what it is told, as Stripe does.
// Promises: the used part of Stripe's HTTP API, its hosted page, its signed events and its keys of idempotency.
// Refuses to know: Escale. It is spoken to by Stripe's own client over HTTP, and by nothing else.
export { startSandbox, type Sandbox } from './server.js';
