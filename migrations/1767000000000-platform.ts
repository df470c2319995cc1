import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, grantApp } from './tenancy.js';

/** The application's role, the scope it runs in, the outbox and the inbox. Only the platform touches these tables. */
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
      CREATE POLICY relayed ON platform.outbox USING ((SELECT platform.scope_name()) = 'relay');

      CREATE TABLE platform.inbox (
        consumer   text NOT NULL,
        event_id   uuid NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, event_id)
      );
      ${grantApp('platform')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
