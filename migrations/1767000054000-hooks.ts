import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const SCOPES = { networks: ['network_id'], scopes: ['sweep', 'operator'] };

/** Hooks: whose system is told of which events, and what became of each delivery. */
export class Hooks1767000054000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA hooks;
      ${endpoints}
      ${deliveries}
      ${grantApp('hooks', { fixed: ['attempts', 'endpoints', 'secrets', 'deliveries'] })}
      GRANT UPDATE (disabled_at, disabled_reason) ON hooks.endpoints TO ${APP_ROLE};
      GRANT UPDATE (valid_until) ON hooks.secrets TO ${APP_ROLE};
      GRANT UPDATE (state, attempts, next_at) ON hooks.deliveries TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** A secret is derived from the master key and its id: what is stored here opens nothing. */
const endpoints = `
      CREATE TABLE hooks.endpoints (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES identity.organisations,
        network_id      uuid NOT NULL REFERENCES directory.networks,
        url             text NOT NULL CHECK (url <> ''),
        events          text[] NOT NULL CHECK (events <> '{}'),
        disabled_at     timestamptz(3),
        disabled_reason text CHECK (disabled_reason IN ('GONE', 'REMOVED')),
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
      );
      CREATE INDEX endpoints_of_organisation ON hooks.endpoints (organisation_id);
      CREATE INDEX endpoints_of_network ON hooks.endpoints (network_id) WHERE disabled_at IS NULL;
      ${ownedBy('hooks.endpoints', { ...SCOPES, scopes: ['relay', ...SCOPES.scopes] })}
      CREATE TABLE hooks.secrets (
        id          uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL,
        network_id  uuid NOT NULL,
        valid_until timestamptz(3),
        created_at  timestamptz(3) NOT NULL,
        FOREIGN KEY (endpoint_id, network_id) REFERENCES hooks.endpoints (id, network_id)
      );
      CREATE UNIQUE INDEX secrets_one_current ON hooks.secrets (endpoint_id) WHERE valid_until IS NULL;
      ${ownedBy('hooks.secrets', SCOPES)}`;

const deliveries = `
      CREATE TABLE hooks.deliveries (
        id          uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL,
        network_id  uuid NOT NULL,
        event_name  text NOT NULL,
        body        text NOT NULL,
        state       text NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
        attempts    int NOT NULL DEFAULT 0,
        next_at     timestamptz(3) NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        FOREIGN KEY (endpoint_id, network_id) REFERENCES hooks.endpoints (id, network_id)
      );
      CREATE INDEX deliveries_due ON hooks.deliveries (next_at) WHERE state = 'PENDING';
      CREATE INDEX deliveries_of_endpoint ON hooks.deliveries (endpoint_id, id);
      ${ownedBy('hooks.deliveries', SCOPES)}
      CREATE TABLE hooks.attempts (
        id          uuid PRIMARY KEY,
        delivery_id uuid NOT NULL,
        network_id  uuid NOT NULL,
        status      int,
        error       text,
        created_at  timestamptz(3) NOT NULL,
        FOREIGN KEY (delivery_id, network_id) REFERENCES hooks.deliveries (id, network_id)
      );
      CREATE INDEX attempts_of_delivery ON hooks.attempts (delivery_id, created_at);
      ${appendOnly('hooks.attempts')}
      ${ownedBy('hooks.attempts', SCOPES)}`;
