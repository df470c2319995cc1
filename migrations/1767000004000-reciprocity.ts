import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

const sides = ['home_network_id', 'host_network_id'];
const scopes = ['operator'];
/** Who accepts whom is published: a nomad far from home must be able to read the terms. */
const published = { networks: sides, scopes, readableWhen: 'true' };

const agreements = `
  CREATE TABLE reciprocity.agreements (
    id                  uuid PRIMARY KEY,
    name                text NOT NULL,
    home_network_id     uuid NOT NULL REFERENCES directory.networks,
    host_network_id     uuid NOT NULL REFERENCES directory.networks,
    clearing_network_id uuid NOT NULL REFERENCES directory.networks,
    request_hash        text NOT NULL,
    created_at          timestamptz(3) NOT NULL,
    UNIQUE (id, home_network_id, host_network_id)
  );
  -- What two networks agree on changes by a new version, whichever of them is named first.
  CREATE UNIQUE INDEX agreements_one_per_pair ON reciprocity.agreements
    (least(home_network_id, host_network_id), greatest(home_network_id, host_network_id));
  ${ownedBy('reciprocity.agreements', published)}

  CREATE TABLE reciprocity.agreement_versions (
    id                           uuid PRIMARY KEY,
    agreement_id                 uuid NOT NULL,
    home_network_id              uuid NOT NULL,
    host_network_id              uuid NOT NULL,
    number                       int NOT NULL CHECK (number > 0),
    mode                         text NOT NULL CHECK (mode IN ('GIFT', 'ACCRUAL_CASH', 'ACCRUAL_IN_KIND')),
    valid_from                   date NOT NULL,
    free_half_days               int NOT NULL CHECK (free_half_days >= 0),
    cap_half_days_per_person_year int CHECK (cap_half_days_per_person_year >= 0),
    request_hash                 text NOT NULL,
    created_at                   timestamptz(3) NOT NULL,
    UNIQUE (agreement_id, number),
    UNIQUE (id, home_network_id, host_network_id),
    FOREIGN KEY (agreement_id, home_network_id, host_network_id)
      REFERENCES reciprocity.agreements (id, home_network_id, host_network_id)
  );
  ${ownedBy('reciprocity.agreement_versions', published)}
  ${appendOnly('reciprocity.agreement_versions')}

  CREATE TABLE reciprocity.signatures (
    version_id      uuid NOT NULL,
    network_id      uuid NOT NULL REFERENCES directory.networks,
    home_network_id uuid NOT NULL,
    host_network_id uuid NOT NULL,
    signed_by       text NOT NULL,
    created_at      timestamptz(3) NOT NULL,
    PRIMARY KEY (version_id, network_id),
    CHECK (network_id IN (home_network_id, host_network_id)),
    FOREIGN KEY (version_id, home_network_id, host_network_id)
      REFERENCES reciprocity.agreement_versions (id, home_network_id, host_network_id)
  );
  ${ownedBy('reciprocity.signatures', { networks: ['network_id'], scopes, readableWhen: 'true' })}
  ${appendOnly('reciprocity.signatures')}
`;

const rates = `
  CREATE TABLE reciprocity.rates (
    version_id      uuid NOT NULL,
    home_network_id uuid NOT NULL,
    host_network_id uuid NOT NULL,
    host_space_id   uuid NOT NULL REFERENCES directory.spaces,
    resource_kind   text NOT NULL,
    rate_minor      bigint NOT NULL CHECK (rate_minor >= 0),
    unit            text NOT NULL,
    free_half_days  int CHECK (free_half_days >= 0),
    created_at      timestamptz(3) NOT NULL,
    PRIMARY KEY (version_id, host_space_id, resource_kind),
    FOREIGN KEY (version_id, home_network_id, host_network_id)
      REFERENCES reciprocity.agreement_versions (id, home_network_id, host_network_id)
  );
  CREATE INDEX rates_host ON reciprocity.rates (host_space_id, resource_kind);
  ${ownedBy('reciprocity.rates', published)}
  ${appendOnly('reciprocity.rates')}
`;

const quotas = `
  CREATE TABLE reciprocity.quotas (
    account_id        uuid PRIMARY KEY REFERENCES ledger.accounts,
    person_id         uuid NOT NULL REFERENCES identity.people,
    host_space_id     uuid NOT NULL,
    host_network_id   uuid NOT NULL,
    year              int NOT NULL,
    granted_half_days int NOT NULL CHECK (granted_half_days >= 0),
    created_at        timestamptz(3) NOT NULL,
    UNIQUE (person_id, host_space_id, year),
    FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
  );
  ${ownedBy('reciprocity.quotas', { networks: ['host_network_id'], person: 'person_id', scopes: ['sweep', 'operator'] })}
`;

const view = `
  CREATE VIEW reciprocity.pub_agreement_versions WITH (security_invoker = true) AS
    SELECT version.id AS version_id, agreement.id AS agreement_id, version.number, version.mode,
           version.valid_from, agreement.clearing_network_id, agreement.home_network_id,
           agreement.host_network_id, agreement.name
    FROM reciprocity.agreement_versions version
    JOIN reciprocity.agreements agreement ON agreement.id = version.agreement_id;
`;

const grants = `
  ${grantApp('reciprocity', { fixed: ['agreement_versions', 'signatures', 'rates'] })}
`;

/** Reciprocity: who accepts whom, on which terms; visa quotas. */
export class Reciprocity1767000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA reciprocity;
      ${agreements}
      ${rates}
      ${quotas}
      ${view}
      ${grants}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
