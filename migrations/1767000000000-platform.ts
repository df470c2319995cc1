import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, grantApp } from './tenancy.js';

const FILE_OWNED = `owner_person_id = (SELECT platform.scope_person())
        OR (owner_person_id IS NULL AND network_id = ANY ((SELECT platform.scope_networks())::uuid[]))
        OR (SELECT platform.scope_name()) = 'operator'`;

/** Row-level security for a table that holds nobody's data, so that none is without. */
function readableAndWritableByAll(table: string): string {
  return `
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY everybody ON ${table} USING (true) WITH CHECK (true);`;
}

/** The application's role, the scope it runs in, the outbox and the inbox, mails and files. Only the platform touches these tables. */
export class Platform1767000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Roles belong to the whole server: another database of ours may have made it already.
      DO $$ BEGIN
        CREATE ROLE ${APP_ROLE} NOLOGIN NOBYPASSRLS;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      GRANT ${APP_ROLE} TO CURRENT_USER;

      CREATE SCHEMA platform;

      CREATE FUNCTION platform.scope_networks() RETURNS uuid[] LANGUAGE sql STABLE AS
        $$ SELECT string_to_array(current_setting('app.networks', true), ',')::uuid[] $$;
      CREATE FUNCTION platform.scope_person() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$;
      CREATE FUNCTION platform.scope_name() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT current_setting('app.scope', true) $$;

      CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '%.% is append-only: correct by adding a row', TG_TABLE_SCHEMA, TG_TABLE_NAME;
      END $$;

      CREATE TABLE platform.outbox (
        id          uuid PRIMARY KEY,
        seq         bigint GENERATED ALWAYS AS IDENTITY,
        name        text NOT NULL,
        payload     jsonb NOT NULL,
        actor       text NOT NULL,
        network_ids uuid[] NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        sent_at     timestamptz(3),
        created_at  timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX outbox_waiting ON platform.outbox (seq) WHERE sent_at IS NULL;
      ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;
      ALTER TABLE platform.outbox FORCE ROW LEVEL SECURITY;
      CREATE POLICY announced ON platform.outbox FOR INSERT
        WITH CHECK (network_ids <@ (SELECT platform.scope_networks()) OR (SELECT platform.scope_name()) <> '');
      CREATE POLICY relayed ON platform.outbox
        USING ((SELECT platform.scope_name()) = 'relay') WITH CHECK ((SELECT platform.scope_name()) = 'relay');

      CREATE TABLE platform.inbox (
        consumer   text NOT NULL,
        event_id   uuid NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, event_id)
      );
      ${readableAndWritableByAll('platform.inbox')}

      CREATE TABLE platform.heartbeats (
        name       text PRIMARY KEY,
        beat_at    timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      ${readableAndWritableByAll('platform.heartbeats')}

      CREATE TABLE platform.mails (
        id           uuid PRIMARY KEY,
        to_address   text NOT NULL,
        language     text NOT NULL,
        subject      text NOT NULL,
        text         text NOT NULL,
        person_id    uuid,
        created_at   timestamptz(3) NOT NULL,
        delivered_at timestamptz(3)
      );
      ALTER TABLE platform.mails ENABLE ROW LEVEL SECURITY;
      ALTER TABLE platform.mails FORCE ROW LEVEL SECURITY;
      CREATE POLICY written ON platform.mails FOR INSERT WITH CHECK (true); -- any use case may write to somebody
      CREATE POLICY handled ON platform.mails
        USING ((SELECT platform.scope_name()) IN ('relay', 'sweep', 'operator'))
        WITH CHECK ((SELECT platform.scope_name()) IN ('relay', 'sweep', 'operator'));

      -- A personal file is for its person; a network's file is for whoever has the network in reach.
      CREATE TABLE platform.files (
        id              uuid PRIMARY KEY,
        owner_person_id uuid,
        network_id      uuid,
        name            text NOT NULL,
        media_type      text NOT NULL,
        sha256          bytea NOT NULL,
        bytes           bytea,
        created_at      timestamptz(3) NOT NULL,
        erased_at       timestamptz(3),
        CHECK (owner_person_id IS NOT NULL OR network_id IS NOT NULL),
        CHECK ((bytes IS NULL) = (erased_at IS NOT NULL))
      );
      ALTER TABLE platform.files ENABLE ROW LEVEL SECURITY;
      ALTER TABLE platform.files FORCE ROW LEVEL SECURITY;
      CREATE POLICY owned ON platform.files USING (${FILE_OWNED}) WITH CHECK (${FILE_OWNED});

      GRANT SELECT ON schema_migrations TO ${APP_ROLE}; -- for /readyz
      ${grantApp('platform')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
