import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** Documents with parties as the law names them, self-billing, receipts for people, and a chain that shows a change. */
export class Documents1767000047001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${entities}
      ${selfBilling}
      ${documents}
      ${acceptances}
      ${grantApp('billing', {
        fixed: ['documents', 'legal_entities', 'self_billing_agreements', 'acceptances'],
      })}
      REVOKE UPDATE, DELETE ON billing.series, billing.payment_instructions FROM ${APP_ROLE};
      GRANT UPDATE (last_number, last_hash) ON billing.series TO ${APP_ROLE};
      GRANT UPDATE (state, executed_at) ON billing.payment_instructions TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const SCOPES = { scopes: ['clearing', 'sweep', 'operator'] };

/** A party as it is named on documents, from a day on. */
const entities = `
      CREATE TABLE billing.legal_entities (
        id                  uuid PRIMARY KEY,
        party_id            uuid NOT NULL,
        network_id          uuid NOT NULL,
        from_day            date NOT NULL,
        legal_name          text NOT NULL CHECK (legal_name <> ''),
        street              text NOT NULL,
        postcode            text NOT NULL,
        city                text NOT NULL,
        country             text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        email               text,
        registration_number text,
        registration_scheme text CHECK (registration_scheme ~ '^[0-9]{4}$'),
        tax_number          text,
        endpoint            text,
        endpoint_scheme     text CHECK (endpoint_scheme ~ '^[0-9]{4}$'),
        buyer_reference     text,
        order_number        text,
        language            text NOT NULL CHECK (language IN ('en', 'fr', 'es', 'it', 'ar')),
        is_public_body      boolean NOT NULL,
        declared_by         text NOT NULL,
        request_hash        text NOT NULL,
        created_at          timestamptz(3) NOT NULL,
        UNIQUE (party_id, from_day),
        CHECK ((endpoint IS NULL) = (endpoint_scheme IS NULL)),
        FOREIGN KEY (party_id, network_id) REFERENCES directory.parties (id, network_id)
      );
      ${appendOnly('billing.legal_entities')}
      ${ownedBy('billing.legal_entities', { networks: ['network_id'], ...SCOPES })}`;

/** Signed by the host before anything is issued in its name (art. 224). */
const selfBilling = `
      CREATE TABLE billing.self_billing_agreements (
        id              uuid PRIMARY KEY,
        party_id        uuid NOT NULL,
        network_id      uuid NOT NULL,
        from_day        date NOT NULL,
        until_day       date NOT NULL CHECK (until_day >= from_day),
        acceptance_days int NOT NULL CHECK (acceptance_days BETWEEN 1 AND 90),
        signed_by       text NOT NULL,
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (party_id, network_id) REFERENCES directory.parties (id, network_id)
      );
      CREATE INDEX self_billing_of_party ON billing.self_billing_agreements (party_id, from_day);
      ${appendOnly('billing.self_billing_agreements')}
      ${ownedBy('billing.self_billing_agreements', { networks: ['network_id'], ...SCOPES })}`;

/** A document before this has no content and no hash: the chain of a series begins with the first that has. */
const documents = `
      ALTER TABLE billing.series DROP CONSTRAINT series_kind_check,
        ADD CONSTRAINT series_kind_check CHECK (kind IN
          ('INVOICE', 'CREDIT_NOTE', 'RECEIPT', 'SELF_BILLED_INVOICE', 'SELF_BILLED_CREDIT_NOTE')),
        ADD last_hash text;
      DO $$
        DECLARE old record;
        BEGIN
          FOR old IN SELECT conname FROM pg_constraint WHERE conrelid = 'billing.documents'::regclass
            AND (pg_get_constraintdef(oid) LIKE 'FOREIGN KEY (issuer_party_id, kind, year)%'
              OR pg_get_constraintdef(oid) LIKE 'UNIQUE (issuer_party_id, kind, year, sequence)%')
          LOOP EXECUTE format('ALTER TABLE billing.documents DROP CONSTRAINT %I', old.conname); END LOOP;
        END $$;
      ALTER TABLE billing.documents
        DROP CONSTRAINT documents_kind_check,
        ADD CONSTRAINT documents_kind_check CHECK (kind IN ('INVOICE', 'CREDIT_NOTE', 'RECEIPT')),
        ADD self_billed boolean NOT NULL DEFAULT false,
        ADD series_kind text NOT NULL GENERATED ALWAYS AS
          (CASE WHEN self_billed THEN 'SELF_BILLED_' || kind ELSE kind END) STORED,
        ADD recipient_person_id uuid REFERENCES identity.people,
        ADD acceptance_days int,
        ADD content jsonb,
        ADD vat jsonb,
        ADD previous_hash text,
        ADD hash text,
        ALTER recipient_party_id DROP NOT NULL,
        ALTER recipient_network_id DROP NOT NULL,
        ALTER window_id DROP NOT NULL,
        ADD CHECK ((recipient_party_id IS NULL) = (recipient_person_id IS NOT NULL)),
        ADD CHECK (self_billed = (acceptance_days IS NOT NULL)),
        ADD CHECK ((content IS NULL) = (hash IS NULL)),
        ADD UNIQUE (issuer_party_id, series_kind, year, sequence),
        ADD FOREIGN KEY (issuer_party_id, series_kind, year) REFERENCES billing.series (issuer_party_id, kind, year);
      ALTER TABLE billing.documents DROP CONSTRAINT documents_one_per_claim;
      CREATE UNIQUE INDEX documents_one_per_claim ON billing.documents
        (window_id, kind, issuer_party_id, recipient_party_id, unit, refers_to) NULLS NOT DISTINCT
        WHERE window_id IS NOT NULL;
      CREATE INDEX documents_of_person ON billing.documents (recipient_person_id) WHERE recipient_person_id IS NOT NULL;
      CREATE POLICY own ON billing.documents FOR SELECT USING
        (recipient_person_id = (SELECT platform.scope_person()));`;

const acceptances = `
      CREATE TABLE billing.acceptances (
        document_id uuid PRIMARY KEY REFERENCES billing.documents,
        party_id    uuid NOT NULL,
        network_id  uuid NOT NULL,
        kind        text NOT NULL CHECK (kind IN ('EXPLICIT', 'TACIT')),
        accepted_by text NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        FOREIGN KEY (party_id, network_id) REFERENCES directory.parties (id, network_id)
      );
      ${appendOnly('billing.acceptances')}
      ${ownedBy('billing.acceptances', { networks: ['network_id'], ...SCOPES })}`;
