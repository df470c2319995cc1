// Owns webhook endpoints of organisations, their secrets, deliveries and attempts.
// Promises: signed by Standard Webhooks, tried for days, never sent to a private address, each event once per endpoint.
// Refuses to know: what events mean; it passes on names and payloads, which carry ids and nobody's data.
export { HooksModule } from './hooks.module.js';
