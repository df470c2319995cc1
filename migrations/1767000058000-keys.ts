import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/**
 * How people prove who they are: passkeys, authenticator apps, recovery codes; what their sessions are and when one of
 * them was last proven. Secrets are sealed or hashed; a public key is none.
 */
export class Keys1767000058000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${sessions}
      ${factors}
      ${acts}
      ${forgotten}
      ${grantApp('identity', { fixed: ['sign_in_acts'] })}
      GRANT SELECT ON privacy.copied_tables TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const ANYWHERE = ['identity', 'operator'];

/**
 * A session that gets another secret answers to the one before for a minute more: requests that are under way carry it.
 * What rights it was made for is kept as a hash: other rights, another secret.
 */
const sessions = `
      ALTER TABLE identity.sessions
        ADD COLUMN device              text NOT NULL DEFAULT '',
        ADD COLUMN rights_hash         bytea,
        ADD COLUMN previous_token_hash bytea UNIQUE,
        ADD COLUMN rotated_at          timestamptz(3),
        ADD COLUMN proved_at           timestamptz(3),
        ADD COLUMN proved_by           text CHECK (proved_by IN
          ('PASSWORD', 'PASSKEY', 'AUTHENTICATOR', 'RECOVERY_CODE', 'INSTITUTION')),
        ADD CHECK ((proved_at IS NULL) = (proved_by IS NULL)),
        ADD CHECK ((previous_token_hash IS NULL) = (rotated_at IS NULL));`;

const factors = `
      CREATE TABLE identity.passkeys (
        id         uuid PRIMARY KEY,
        person_id  uuid NOT NULL REFERENCES identity.people,
        name       text NOT NULL CHECK (name <> ''),
        credential text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        sign_count bigint NOT NULL CHECK (sign_count >= 0),
        transports text[] NOT NULL,
        is_synced  boolean NOT NULL,
        used_at    timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX passkeys_of_person ON identity.passkeys (person_id);
      ${ownedBy('identity.passkeys', { person: 'person_id', scopes: ANYWHERE })}

      CREATE TABLE identity.challenges (
        id         uuid PRIMARY KEY,
        person_id  uuid REFERENCES identity.people,
        challenge  text NOT NULL UNIQUE,
        expires_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      ${ownedBy('identity.challenges', { scopes: ANYWHERE })}

      -- last_step: no code of that half-minute, nor of one before, is taken again (RFC 6238, 5.2).
      CREATE TABLE identity.authenticators (
        id            uuid PRIMARY KEY,
        person_id     uuid NOT NULL REFERENCES identity.people,
        sealed_secret bytea NOT NULL,
        last_step     bigint NOT NULL DEFAULT 0,
        confirmed_at  timestamptz(3),
        created_at    timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX authenticators_one ON identity.authenticators (person_id) WHERE confirmed_at IS NOT NULL;
      CREATE INDEX authenticators_of_person ON identity.authenticators (person_id);
      ${ownedBy('identity.authenticators', { person: 'person_id', scopes: ANYWHERE })}

      CREATE TABLE identity.recovery_codes (
        id         uuid PRIMARY KEY,
        person_id  uuid NOT NULL REFERENCES identity.people,
        batch      uuid NOT NULL,
        code_hash  bytea NOT NULL UNIQUE,
        used_at    timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX recovery_codes_of_person ON identity.recovery_codes (person_id);
      ${ownedBy('identity.recovery_codes', { person: 'person_id', scopes: ANYWHERE })}`;

/** What happened to the ways somebody signs in by, for their own eyes. */
const acts = `
      CREATE TABLE identity.sign_in_acts (
        id         uuid PRIMARY KEY,
        person_id  uuid NOT NULL REFERENCES identity.people,
        kind       text NOT NULL CHECK (kind ~ '^[A-Z_]+$'),
        actor      text NOT NULL,
        device     text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX sign_in_acts_of_person ON identity.sign_in_acts (person_id, id);
      ${appendOnly('identity.sign_in_acts')}
      ${ownedBy('identity.sign_in_acts', { person: 'person_id', scopes: ANYWHERE })}

      ALTER VIEW privacy.copied_tables RENAME TO copied_tables_until_keys;
      CREATE VIEW privacy.copied_tables WITH (security_invoker = true) AS
        SELECT * FROM privacy.copied_tables_until_keys
        UNION ALL SELECT 'identity.sign_in_acts', 'person_id = $1';`;

/** Whoever is switched off, or erased, signs in by nothing. */
const forgotten = `
      CREATE FUNCTION identity.forget_factors() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM identity.passkeys WHERE person_id = NEW.id;
        DELETE FROM identity.challenges WHERE person_id = NEW.id;
        DELETE FROM identity.authenticators WHERE person_id = NEW.id;
        DELETE FROM identity.recovery_codes WHERE person_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER forget_factors AFTER UPDATE OF switched_off_at ON identity.people
        FOR EACH ROW WHEN (NEW.switched_off_at IS NOT NULL) EXECUTE FUNCTION identity.forget_factors();`;
