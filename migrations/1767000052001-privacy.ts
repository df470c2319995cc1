import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

const OPERATOR = ['operator', 'sweep'];

/**
 * Where personal data is, as data: found_by is a condition on $1 (the person) and $2 (their address), becomes is what stands
 * there afterwards. Whoever adds a column with words of or about a person adds a row here.
 */
const inventory = `
      -- A view rather than a table: it is part of the schema, and changes with it.
      CREATE VIEW privacy.personal_columns WITH (security_invoker = true) AS
        SELECT * FROM (VALUES
          -- kept_days after dated_by, for everybody, whether or not they ask
          ('checkin.visits', 'guest_first_name', 'person_id = $1', '''erased''', 92, 'started_at'),
          ('observatory.exit_answers', 'own_words', 'false', 'NULL', 92, 'created_at'),
          ('bookings.messages', 'text', 'author_id = $1', '''erased''', NULL, NULL),
          ('checkin.incidents', 'text', 'person_id = $1', '''erased''', NULL, NULL),
          ('checkin.incident_answers', 'text', 'person_id = $1', '''erased''', NULL, NULL),
          ('bookings.bookings', 'cancel_reason', 'person_id = $1 AND cancel_reason IS NOT NULL', '''erased''', NULL, NULL),
          ('passes.credentials', 'label', 'person_id = $1', 'NULL', NULL, NULL),
          ('passes.guest_passes', 'guest_name', 'guest_email = $2', '''erased''', NULL, NULL),
          ('stays.stays', 'participant_name', 'person_id = $1', '''erased''', NULL, NULL),
          ('stays.stays', 'motivation', 'person_id = $1', '''erased''', NULL, NULL),
          ('stays.stays', 'questions', 'person_id = $1', '''erased''', NULL, NULL),
          ('stays.stories', 'signed_as', 'stay_id IN (SELECT id FROM stays.stays WHERE person_id = $1)', '''erased''', NULL, NULL),
          ('identity.invitations', 'email', 'email = $2', '''erased@erased.invalid''', NULL, NULL)
        ) AS known (table_name, column_name, found_by, becomes, kept_days, dated_by);
      CREATE VIEW privacy.copied_tables WITH (security_invoker = true) AS
        SELECT * FROM (VALUES
          ('identity.people', 'id = $1'),
          ('identity.memberships', 'person_id = $1'),
          ('directory.homes', 'person_id = $1'),
          ('passes.passes', 'person_id = $1'),
          ('passes.guest_passes', 'person_id = $1 OR guest_email = $2'),
          ('bookings.bookings', 'person_id = $1'),
          ('bookings.messages', 'guest_id = $1 OR author_id = $1'),
          ('checkin.visits', 'person_id = $1'),
          ('checkin.incidents', 'person_id = $1'),
          ('payments.purchases', 'person_id = $1'),
          ('platform.mails', 'person_id = $1 OR to_address = $2'),
          ('stays.stays', 'person_id = $1'),
          ('privacy.consents', 'person_id = $1')
        ) AS known (table_name, found_by);`;

const records = `
      CREATE TABLE privacy.consents (
        id           uuid PRIMARY KEY,
        person_id    uuid NOT NULL REFERENCES identity.people,
        purpose      text NOT NULL,
        version      text NOT NULL,
        given        boolean NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      CREATE INDEX consents_of_person ON privacy.consents (person_id, purpose, created_at);
      ${appendOnly('privacy.consents')}
      ${ownedBy('privacy.consents', { person: 'person_id', scopes: OPERATOR })}

      CREATE TABLE privacy.data_exports (
        id         uuid PRIMARY KEY,
        person_id  uuid NOT NULL REFERENCES identity.people,
        content    jsonb,
        made_at    timestamptz(3),
        expires_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        CHECK ((made_at IS NULL) = (expires_at IS NULL))
      );
      ${ownedBy('privacy.data_exports', { person: 'person_id', scopes: OPERATOR })}

      CREATE TABLE privacy.erasures (
        id         uuid PRIMARY KEY,
        person_id  uuid NOT NULL UNIQUE REFERENCES identity.people,
        created_at timestamptz(3) NOT NULL
      );
      ${appendOnly('privacy.erasures')}
      ${ownedBy('privacy.erasures', { person: 'person_id', scopes: OPERATOR })}`;

/** What was written stays as it was, but for its words, which may go. */
const wordsMayGo = ['bookings.messages', 'checkin.incidents', 'checkin.incident_answers']
  .map(
    (table) => `
      DROP TRIGGER append_only ON ${table};
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION privacy.words_may_go();
      GRANT UPDATE (text) ON ${table} TO ${APP_ROLE};`,
  )
  .concat(`
      GRANT UPDATE (label) ON passes.credentials TO ${APP_ROLE};
      GRANT UPDATE (guest_name, guest_email) ON passes.guest_passes TO ${APP_ROLE};`)
  .join('');

const functions = `
      CREATE FUNCTION privacy.words_may_go() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF NEW.text = 'erased' AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text' THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '%.% is append-only: correct by adding a row', TG_TABLE_SCHEMA, TG_TABLE_NAME;
      END $$;

      -- All that names the person, in one transaction; false, and nothing, when the address is another one. Their id
      -- stays: the books and the ledger know no more of them.
      CREATE FUNCTION privacy.erase(person uuid, address text, at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
      DECLARE
        who  record;
        rule record;
      BEGIN
        SELECT email, name INTO STRICT who FROM identity.people WHERE id = person FOR UPDATE;
        IF who.email <> address THEN RETURN false; END IF;
        FOR rule IN SELECT table_name, column_name, found_by, becomes FROM privacy.personal_columns LOOP
          EXECUTE format('UPDATE %s SET %I = %s WHERE %s', rule.table_name, rule.column_name, rule.becomes, rule.found_by)
            USING person, who.email;
        END LOOP;
        UPDATE passes.guest_passes SET guest_email = 'erased@erased.invalid' WHERE guest_email = who.email;
        UPDATE platform.files SET bytes = NULL, name = '', erased_at = at WHERE owner_person_id = person AND erased_at IS NULL;
        DELETE FROM platform.mails WHERE person_id = person OR to_address = who.email;
        UPDATE platform.mails SET subject = replace(subject, who.name, 'erased'), text = replace(text, who.name, 'erased'),
               html = replace(html, who.name, 'erased')
         WHERE position(who.name IN concat(subject, text, html)) > 0;
        PERFORM set_config('app.scope', 'sweep', true); -- interests are the catalogue's, and no operator's
        UPDATE data_bank.interests SET email = NULL, purge_on = NULL WHERE email = who.email;
        PERFORM set_config('app.scope', 'operator', true);
        DELETE FROM bookings.calendar_feeds WHERE person_id = person;
        UPDATE privacy.data_exports SET content = NULL WHERE person_id = person;
        DELETE FROM identity.sessions WHERE person_id = person;
        DELETE FROM identity.links WHERE person_id = person;
        UPDATE identity.memberships SET ended_at = at WHERE person_id = person AND ended_at IS NULL;
        UPDATE identity.people SET name = 'erased', email = person || '@erased.invalid', password_hash = NULL,
               request_hash = '', switched_off_at = coalesce(switched_off_at, at)
         WHERE id = person;
        RETURN true;
      END $$;

      -- All that is kept of the person, table by table, without secrets.
      CREATE FUNCTION privacy.copy(person uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
      DECLARE
        copied  jsonb := '{}';
        rule    record;
        found   jsonb;
        address text;
      BEGIN
        PERFORM set_config('app.person', person::text, true); -- files are for their owner alone
        SELECT email INTO STRICT address FROM identity.people WHERE id = person;
        FOR rule IN SELECT table_name, found_by FROM privacy.copied_tables ORDER BY table_name LOOP
          EXECUTE format($copy$SELECT coalesce(jsonb_agg(to_jsonb(one)
            - ARRAY['password_hash', 'request_hash', 'token_hash', 'html', 'terms']), '[]') FROM %s one WHERE %s$copy$,
            rule.table_name, rule.found_by) INTO found USING person, address;
          copied := copied || jsonb_build_object(rule.table_name, found);
        END LOOP;
        RETURN copied || jsonb_build_object('files', (
          SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'mediaType', media_type,
                   'base64', encode(bytes, 'base64'))), '[]')
          FROM platform.files WHERE owner_person_id = person AND erased_at IS NULL));
      END $$;

      -- What nobody needs any more, whoever it is about. Returns how many rows lost something.
      CREATE FUNCTION privacy.retain(at timestamptz) RETURNS int LANGUAGE plpgsql AS $$
      DECLARE
        rule  record;
        count int;
        total int := 0;
      BEGIN
        FOR rule IN SELECT * FROM privacy.personal_columns WHERE kept_days IS NOT NULL LOOP
          EXECUTE format('UPDATE %s SET %I = %s WHERE %I < $1 - make_interval(days => $2) AND %I IS DISTINCT FROM %s',
            rule.table_name, rule.column_name, rule.becomes, rule.dated_by, rule.column_name, rule.becomes)
            USING at, rule.kept_days;
          GET DIAGNOSTICS count = ROW_COUNT;
          total := total + count;
        END LOOP;
        UPDATE privacy.data_exports SET content = NULL WHERE expires_at < at AND content IS NOT NULL;
        GET DIAGNOSTICS count = ROW_COUNT;
        RETURN total + count;
      END $$;`;

/** Rights of people over what is kept of them: consent, copy, erasure; and what is forgotten by itself. */
export class Privacy1767000052001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA privacy;
      ${records}
      ${inventory}
      ${functions}
      ${wordsMayGo}
      ${grantApp('privacy', { fixed: ['consents', 'erasures'] })}
      REVOKE INSERT, UPDATE, DELETE ON privacy.personal_columns, privacy.copied_tables FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
