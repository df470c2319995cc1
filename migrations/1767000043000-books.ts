import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BOOKS_VIEWS } from './books-views.js';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] };

/** Double entry: periods, entries and their postings. The database refuses what would make them untrue. */
export class Books1767000043000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA books;
      ${periods}
      ${entries}
      ${refusals}
      ${verifications}
      ${foreignMatches}
      ${BOOKS_VIEWS}
      ${grantApp('books', { fixed: ['entries', 'postings', 'period_steps', 'rates', 'verifications'] })}
      REVOKE UPDATE, DELETE ON books.periods, books.series FROM ${APP_ROLE};
      GRANT UPDATE (state, chain_length, chain_head, closed_head) ON books.periods TO ${APP_ROLE};
      GRANT UPDATE (last_number) ON books.series TO ${APP_ROLE};
      GRANT SELECT ON settlement.pub_claims, settlement.pub_conversions, settlement.pub_window_rates,
        settlement.pub_fx_rates, settlement.pub_window_steps, settlement.pub_vat, settlement.pub_positions,
        settlement.pub_suspensions, settlement.pub_executions, settlement.pub_failures, billing.pub_document_facts,
        banking.pub_bank_lines, banking.pub_matches TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** A month of a network. The chain of its entries goes on in chain_head; closed_head binds it to the months before. */
const periods = `
      CREATE TABLE books.periods (
        network_id   uuid NOT NULL REFERENCES directory.networks,
        month        date NOT NULL CHECK (extract(day FROM month) = 1),
        state        text NOT NULL CHECK (state IN ('OPEN', 'SOFT_CLOSED', 'CLOSED')),
        chain_length int NOT NULL DEFAULT 0 CHECK (chain_length >= 0),
        chain_head   text NOT NULL,
        closed_head  text,
        created_at   timestamptz(3) NOT NULL,
        PRIMARY KEY (network_id, month),
        CHECK ((state = 'CLOSED') = (closed_head IS NOT NULL))
      );
      ${ownedBy('books.periods', owners)}
      CREATE TABLE books.period_steps (
        network_id uuid NOT NULL,
        month      date NOT NULL,
        state      text NOT NULL CHECK (state IN ('SOFT_CLOSED', 'CLOSED')),
        actor      text NOT NULL,
        taken_at   timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (network_id, month, state),
        FOREIGN KEY (network_id, month) REFERENCES books.periods (network_id, month)
      );
      ${appendOnly('books.period_steps')}
      ${ownedBy('books.period_steps', owners)}
      CREATE TABLE books.series (
        network_id  uuid NOT NULL,
        month       date NOT NULL,
        journal     text NOT NULL,
        last_number int NOT NULL DEFAULT 0 CHECK (last_number >= 0),
        created_at  timestamptz(3) NOT NULL,
        PRIMARY KEY (network_id, month, journal),
        FOREIGN KEY (network_id, month) REFERENCES books.periods (network_id, month)
      );
      ${ownedBy('books.series', owners)}`;

/** Debits are positive, credits negative. made_in keeps anybody from adding a posting to an entry of yesterday. */
const entries = `
      CREATE TABLE books.entries (
        id           uuid PRIMARY KEY,
        network_id   uuid NOT NULL,
        month        date NOT NULL,
        journal      text NOT NULL,
        number       int NOT NULL CHECK (number > 0),
        chain_no     int NOT NULL CHECK (chain_no > 0),
        day          date NOT NULL,
        source_kind  text NOT NULL CHECK (source_kind IN ('DOCUMENT', 'WINDOW', 'CONVERSION', 'ABORT', 'SUSPENSION',
          'PAYMENT', 'FAILURE', 'BANK_LINE', 'MATCH', 'MATCH_UNDONE', 'CORRECTION', 'OPENING')),
        source_id    uuid NOT NULL,
        source_hash  text,
        window_id    uuid,
        reference    text NOT NULL,
        label        text NOT NULL CHECK (label <> ''),
        reason       text,
        late_of      date,
        posted_by    text NOT NULL,
        request_hash text NOT NULL DEFAULT '',
        hash         text NOT NULL,
        made_in      xid8 NOT NULL DEFAULT pg_current_xact_id(),
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CONSTRAINT entries_one_per_fact UNIQUE (source_kind, source_id),
        CONSTRAINT entries_numbered_once UNIQUE (network_id, month, journal, number),
        CONSTRAINT entries_chained_once UNIQUE (network_id, month, chain_no),
        CONSTRAINT entries_in_month CHECK (date_trunc('month', day) = month),
        CHECK (source_kind NOT IN ('CORRECTION', 'OPENING') OR reason <> ''),
        FOREIGN KEY (network_id, month) REFERENCES books.periods (network_id, month),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX entries_of_window ON books.entries (window_id);
      ${appendOnly('books.entries')}
      ${ownedBy('books.entries', owners)}
      CREATE TABLE books.postings (
        entry_id     uuid NOT NULL,
        line         int NOT NULL CHECK (line > 0),
        network_id   uuid NOT NULL,
        party_id     uuid NOT NULL REFERENCES directory.parties,
        account      text NOT NULL CHECK (account ~ '^[1-9][0-9]{5}$'),
        unit         text NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
        created_at   timestamptz(3) NOT NULL,
        PRIMARY KEY (entry_id, line),
        FOREIGN KEY (entry_id, network_id) REFERENCES books.entries (id, network_id)
      );
      CREATE INDEX postings_of_account ON books.postings (network_id, account, party_id, unit);
      ${appendOnly('books.postings')}
      ${ownedBy('books.postings', owners)}
      -- Units of a currency for one euro, as they stood for this entry.
      CREATE TABLE books.rates (
        entry_id   uuid NOT NULL,
        network_id uuid NOT NULL,
        unit       text NOT NULL,
        per_euro   numeric NOT NULL CHECK (per_euro > 0),
        rate_day   date NOT NULL,
        source     text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (entry_id, unit),
        FOREIGN KEY (entry_id, network_id) REFERENCES books.entries (id, network_id)
      );
      ${appendOnly('books.rates')}
      ${ownedBy('books.rates', owners)}`;

/** SQLSTATE 23514 with a name, as a CHECK would say it. */
const refusal = (constraint: string, message: string) =>
  `RAISE EXCEPTION '${message}' USING ERRCODE = 'check_violation', CONSTRAINT = '${constraint}';`;

/**
 * A closed period takes nothing more, a soft-closed one only corrections; the row is locked, so that a closing
 * waits for what is being posted. Changing and deleting is refused always (append_only). An entry balances, per
 * party and currency, when its transaction ends.
 */
const refusals = `
      CREATE FUNCTION books.refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE found text;
        BEGIN
          SELECT state INTO found FROM books.periods
          WHERE network_id = NEW.network_id AND month = NEW.month FOR SHARE;
          IF found = 'CLOSED' OR EXISTS (SELECT FROM books.periods later WHERE later.network_id = NEW.network_id
              AND later.month > NEW.month AND later.state = 'CLOSED') THEN
            ${refusal('entries_period_closed', 'a closed period takes no entry')}
          END IF;
          IF found = 'SOFT_CLOSED' AND NEW.source_kind <> 'CORRECTION' THEN
            ${refusal('entries_period_soft_closed', 'a soft-closed period takes corrections only')}
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER period_takes_entries BEFORE INSERT ON books.entries
        FOR EACH ROW EXECUTE FUNCTION books.refuse_closed();

      CREATE FUNCTION books.refuse_afterthought() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM books.entries WHERE id = NEW.entry_id AND made_in = pg_current_xact_id()) THEN
            ${refusal('postings_with_their_entry', 'postings are written with their entry')}
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER with_their_entry BEFORE INSERT ON books.postings
        FOR EACH ROW EXECUTE FUNCTION books.refuse_afterthought();

      CREATE FUNCTION books.refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT count(*) < 2 FROM books.postings WHERE entry_id = NEW.id)
            OR EXISTS (SELECT FROM books.postings WHERE entry_id = NEW.id
                       GROUP BY party_id, unit HAVING sum(amount_minor) <> 0) THEN
            ${refusal('entries_balanced', 'an entry balances in every currency')}
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON books.entries DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION books.refuse_unbalanced();

      -- A period only goes on: open, soft-closed, closed. Closed, it stays as it is.
      CREATE FUNCTION books.refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.state = 'CLOSED' OR (OLD.state = 'SOFT_CLOSED' AND NEW.state = 'OPEN')
            OR (OLD.state = 'OPEN' AND NEW.state = 'CLOSED') THEN
            ${refusal('periods_go_on', 'a period is never reopened')}
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER goes_on BEFORE UPDATE OR DELETE ON books.periods
        FOR EACH ROW EXECUTE FUNCTION books.refuse_reopening();
      CREATE FUNCTION books.refuse_skipping() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.state <> OLD.state AND EXISTS (SELECT FROM books.periods earlier
              WHERE earlier.network_id = NEW.network_id AND earlier.month < NEW.month
                AND (earlier.state = 'OPEN' OR (NEW.state = 'CLOSED' AND earlier.state <> 'CLOSED'))) THEN
            ${refusal('periods_in_order', 'periods close in their order')}
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER in_order BEFORE UPDATE ON books.periods
        FOR EACH ROW EXECUTE FUNCTION books.refuse_skipping();`;

/** What the last checks found, as a fact with its moment. */
const verifications = `
      CREATE TABLE books.verifications (
        id          uuid PRIMARY KEY,
        network_id  uuid NOT NULL REFERENCES directory.networks,
        entry_count int NOT NULL,
        head        text NOT NULL,
        differences jsonb NOT NULL,
        verified_at timestamptz(3) NOT NULL,
        created_at  timestamptz(3) NOT NULL
      );
      CREATE INDEX verifications_of_network ON books.verifications (network_id, verified_at);
      ${appendOnly('books.verifications')}
      ${ownedBy('books.verifications', owners)}`;

/** A payment met by a line in another currency: what was taken of the line, and what the window's rate expected. */
const foreignMatches = `
      ALTER TABLE banking.matches
        ADD line_minor bigint CHECK (line_minor > 0), ADD expected_minor bigint CHECK (expected_minor >= 0),
        ADD rate_day date, ADD rate_source text,
        ADD CONSTRAINT matches_rate_is_told CHECK (
          num_nulls(line_minor, expected_minor, rate_day, rate_source) IN (0, 4));`;
