import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const SCOPES = { networks: ['network_id'], scopes: ['identity', 'sweep', 'clearing', 'operator'] };
const TABLES = [
  'seller_profiles',
  'sellers',
  'letters',
  'restrictions',
  'liftings',
  'volume_warnings',
  'rounds',
];

/** Duties: what a platform has to know of its sellers, tell them and report; all of it is added to, never changed. */
export class Duties1767000054001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA duties;
      ${sellers}
      ${restrictions}
      ${volumes}
      ${TABLES.map((table) => appendOnly(`duties.${table}`)).join('\n')}
      ${grantApp('duties', { fixed: TABLES })}
      ${published}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** A profile is whole or not: the newest one of an operator counts, with whatever it leaves out. */
const sellers = `
      CREATE TABLE duties.seller_profiles (
        id                  uuid PRIMARY KEY,
        operator_id         uuid NOT NULL REFERENCES identity.organisations,
        network_id          uuid NOT NULL REFERENCES directory.networks,
        is_public_body      boolean NOT NULL,
        legal_name          text,
        street              text,
        postcode            text,
        city                text,
        country             text CHECK (country ~ '^[A-Z]{2}$'),
        tin                 text,
        tin_country         text CHECK (tin_country ~ '^[A-Z]{2}$'),
        vat_number          text,
        registration_number text,
        account             text,
        properties          jsonb NOT NULL,
        declared_by         text NOT NULL,
        request_hash        text NOT NULL,
        created_at          timestamptz(3) NOT NULL
      );
      CREATE INDEX seller_profiles_of_operator ON duties.seller_profiles (operator_id, created_at DESC);
      ${ownedBy('duties.seller_profiles', SCOPES)}

      CREATE TABLE duties.sellers (
        operator_id      uuid PRIMARY KEY REFERENCES identity.organisations,
        network_id       uuid NOT NULL REFERENCES directory.networks,
        first_supply_day date NOT NULL,
        created_at       timestamptz(3) NOT NULL,
        UNIQUE (operator_id, network_id)
      );
      ${ownedBy('duties.sellers', SCOPES)}

      CREATE TABLE duties.letters (
        operator_id uuid NOT NULL,
        number      int NOT NULL CHECK (number > 0),
        network_id  uuid NOT NULL,
        missing     text[] NOT NULL CHECK (missing <> '{}'),
        created_at  timestamptz(3) NOT NULL,
        PRIMARY KEY (operator_id, number),
        FOREIGN KEY (operator_id, network_id) REFERENCES duties.sellers (operator_id, network_id)
      );
      ${ownedBy('duties.letters', SCOPES)}`;

/** With the facts and the provision, as they were told to the seller (Regulation (EU) 2019/1150, art. 4). */
const restrictions = `
      CREATE TABLE duties.restrictions (
        id           uuid PRIMARY KEY,
        operator_id  uuid NOT NULL REFERENCES identity.organisations,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        reason       text NOT NULL CHECK (reason IN ('SELLER_DATA_MISSING', 'TERMS_BROKEN', 'LEGAL_ORDER', 'SAFETY')),
        facts        text NOT NULL CHECK (facts <> ''),
        provision    text NOT NULL CHECK (provision <> ''),
        decided_by   text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, network_id)
      );
      CREATE INDEX restrictions_of_operator ON duties.restrictions (operator_id);
      ${ownedBy('duties.restrictions', SCOPES)}

      CREATE TABLE duties.liftings (
        restriction_id uuid PRIMARY KEY,
        network_id     uuid NOT NULL,
        lifted_by      text NOT NULL,
        created_at     timestamptz(3) NOT NULL,
        FOREIGN KEY (restriction_id, network_id) REFERENCES duties.restrictions (id, network_id)
      );
      ${ownedBy('duties.liftings', SCOPES)}`;

const volumes = `
      CREATE TABLE duties.volume_warnings (
        network_id   uuid NOT NULL REFERENCES directory.networks,
        level        text NOT NULL CHECK (level IN ('NEAR', 'OVER')),
        day          date NOT NULL,
        volume_minor bigint NOT NULL,
        unit         text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        PRIMARY KEY (network_id, level, day)
      );
      ${ownedBy('duties.volume_warnings', SCOPES)}

      -- One round a day, however many processes there are.
      CREATE TABLE duties.rounds (
        day        date PRIMARY KEY,
        created_at timestamptz(3) NOT NULL
      );
      ${ownedBy('duties.rounds', { scopes: ['sweep', 'operator'] })}`;

const published = `
      CREATE VIEW duties.pub_held_parties WITH (security_invoker = true) AS
        SELECT DISTINCT space.id AS party_id, restriction.network_id
        FROM duties.restrictions restriction
        JOIN directory.spaces space ON space.operator_id = restriction.operator_id
        WHERE NOT EXISTS (SELECT FROM duties.liftings lifting WHERE lifting.restriction_id = restriction.id);
      CREATE VIEW vat.pub_sold_passes WITH (security_invoker = true) AS
        SELECT pass_id, network_id, price_minor, price_unit, created_at FROM vat.vouchers;
      CREATE VIEW billing.pub_legal_entities WITH (security_invoker = true) AS
        SELECT party_id, network_id, from_day, legal_name, street, postcode, city, country, tax_number
        FROM billing.legal_entities;
      GRANT SELECT ON duties.pub_held_parties, vat.pub_sold_passes, billing.pub_legal_entities TO ${APP_ROLE};`;
