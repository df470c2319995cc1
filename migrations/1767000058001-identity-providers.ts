import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/**
 * Institutions whose people sign in by the institution's own account (OpenID Connect). A domain of addresses belongs to
 * one of them: whoever could name any domain could sign in as anybody.
 */
export class IdentityProviders1767000058001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.identity_providers (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        kind            text NOT NULL DEFAULT 'institution' CHECK (kind = 'institution'),
        issuer          text NOT NULL,
        client          text NOT NULL,
        sealed_secret   bytea NOT NULL,
        domains         text[] NOT NULL CHECK (cardinality(domains) BETWEEN 1 AND 20),
        role            text NOT NULL CHECK (role IN ('nomad', 'public_sponsor', 'researcher')),
        mapping         jsonb NOT NULL,
        request_hash    text NOT NULL,
        ended_at        timestamptz(3),
        created_at      timestamptz(3) NOT NULL DEFAULT now(),
        FOREIGN KEY (organisation_id, kind) REFERENCES identity.organisations (id, kind)
      );
      ${ownedBy('identity.identity_providers', { scopes: ANYWHERE })}

      CREATE TABLE identity.provider_domains (
        domain      text PRIMARY KEY CHECK (domain = lower(domain)),
        provider_id uuid NOT NULL REFERENCES identity.identity_providers,
        created_at  timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX provider_domains_of ON identity.provider_domains (provider_id);
      ${ownedBy('identity.provider_domains', { scopes: ANYWHERE })}

      CREATE TABLE identity.provider_accounts (
        provider_id uuid NOT NULL REFERENCES identity.identity_providers,
        subject     text NOT NULL,
        person_id   uuid NOT NULL REFERENCES identity.people,
        created_at  timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (provider_id, subject)
      );
      CREATE INDEX provider_accounts_of_person ON identity.provider_accounts (person_id);
      ${ownedBy('identity.provider_accounts', { person: 'person_id', scopes: ANYWHERE })}

      -- One way there and back. browser_hash: the browser that left is the one that comes back.
      CREATE TABLE identity.provider_trips (
        id              uuid PRIMARY KEY,
        provider_id     uuid NOT NULL REFERENCES identity.identity_providers,
        state_hash      bytea NOT NULL UNIQUE,
        browser_hash    bytea NOT NULL,
        nonce           text NOT NULL,
        sealed_verifier bytea NOT NULL,
        next            text NOT NULL,
        expires_at      timestamptz(3) NOT NULL,
        created_at      timestamptz(3) NOT NULL DEFAULT now()
      );
      ${ownedBy('identity.provider_trips', { scopes: ANYWHERE })}

      CREATE OR REPLACE FUNCTION identity.forget_factors() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM identity.passkeys WHERE person_id = NEW.id;
        DELETE FROM identity.challenges WHERE person_id = NEW.id;
        DELETE FROM identity.authenticators WHERE person_id = NEW.id;
        DELETE FROM identity.recovery_codes WHERE person_id = NEW.id;
        DELETE FROM identity.provider_accounts WHERE person_id = NEW.id;
        RETURN NULL;
      END $$;
      ${grantApp('identity', { fixed: ['sign_in_acts'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const ANYWHERE = ['identity', 'operator'];
