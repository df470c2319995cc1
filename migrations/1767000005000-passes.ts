import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/** `identity` is there for the door: whose code this is, is known before there is anybody to ask for. */
const ofHolder = {
  networks: ['network_id'],
  person: 'person_id',
  scopes: ['identity', 'sweep', 'operator'],
};
const ofNetwork = { networks: ['network_id'], scopes: ['operator'] };

const products = `
  CREATE TABLE passes.products (
    id             uuid PRIMARY KEY,
    network_id     uuid NOT NULL REFERENCES directory.networks,
    name           text NOT NULL,
    half_days      int NOT NULL CHECK (half_days > 0),
    valid_days     int NOT NULL CHECK (valid_days > 0),
    price_minor    bigint NOT NULL CHECK (price_minor >= 0),
    price_unit     text NOT NULL,
    network_ids    uuid[] NOT NULL,
    space_ids      uuid[] NOT NULL,
    resource_kinds text[] NOT NULL CHECK (cardinality(resource_kinds) > 0),
    product_class  smallint NOT NULL CHECK (product_class >= 0),
    offline        text NOT NULL CHECK (offline IN ('never', 'booked_only', 'allowed')),
    created_at     timestamptz(3) NOT NULL,
    CHECK (cardinality(network_ids) + cardinality(space_ids) > 0),
    UNIQUE (id, network_id)
  );
  ${ownedBy('passes.products', { ...ofNetwork, readableWhen: 'true' })}
`;

const passes = `
  CREATE TABLE passes.passes (
    id             uuid PRIMARY KEY,
    network_id     uuid NOT NULL,
    product_id     uuid NOT NULL,
    person_id      uuid NOT NULL REFERENCES identity.people,
    product_name   text NOT NULL,
    half_days      int NOT NULL CHECK (half_days > 0),
    price_minor    bigint NOT NULL,
    price_unit     text NOT NULL,
    network_ids    uuid[] NOT NULL,
    space_ids      uuid[] NOT NULL,
    resource_kinds text[] NOT NULL,
    product_class  smallint NOT NULL,
    offline        text NOT NULL,
    valid_from     date NOT NULL,
    valid_until    date NOT NULL CHECK (valid_until >= valid_from),
    state          text NOT NULL CHECK (state IN
      ('ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED', 'EXPIRED', 'REVOKED', 'REFUNDED')),
    request_hash   text NOT NULL,
    created_at     timestamptz(3) NOT NULL,
    UNIQUE (id, network_id, person_id),
    FOREIGN KEY (product_id, network_id) REFERENCES passes.products (id, network_id)
  );
  CREATE INDEX passes_person ON passes.passes (person_id);
  CREATE INDEX passes_expiry ON passes.passes (valid_until)
    WHERE state IN ('ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED');
  ${ownedBy('passes.passes', ofHolder)}

  CREATE TABLE passes.pass_changes (
    id         uuid PRIMARY KEY,
    pass_id    uuid NOT NULL,
    network_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    actor      text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    FOREIGN KEY (pass_id, network_id, person_id) REFERENCES passes.passes (id, network_id, person_id)
  );
  CREATE INDEX pass_changes_pass ON passes.pass_changes (pass_id);
  ${ownedBy('passes.pass_changes', ofHolder)}
  ${appendOnly('passes.pass_changes')}
`;

const issuers = `
  CREATE TABLE passes.issuers (
    network_id        uuid PRIMARY KEY REFERENCES directory.networks,
    short_id          text NOT NULL UNIQUE CHECK (short_id ~ '^[a-z0-9-]{2,8}$'),
    next_status_index int NOT NULL DEFAULT 0,
    created_at        timestamptz(3) NOT NULL
  );
  ${ownedBy('passes.issuers', { ...ofNetwork, readableWhen: 'true' })}

  CREATE TABLE passes.issuer_keys (
    id         uuid PRIMARY KEY,
    network_id uuid NOT NULL REFERENCES passes.issuers,
    number     int NOT NULL,
    kid        bytea NOT NULL CHECK (octet_length(kid) = 4),
    public_key bytea NOT NULL UNIQUE CHECK (octet_length(public_key) = 32),
    use_from   timestamptz(3) NOT NULL,
    use_until  timestamptz(3) NOT NULL CHECK (use_until > use_from),
    created_at timestamptz(3) NOT NULL,
    UNIQUE (network_id, number),
    UNIQUE (id, network_id)
  );
  ${ownedBy('passes.issuer_keys', { ...ofNetwork, readableWhen: 'true' })}
  ${appendOnly('passes.issuer_keys')}

  -- Apart from the public half, which everybody may read.
  CREATE TABLE passes.issuer_secrets (
    key_id      uuid PRIMARY KEY,
    network_id  uuid NOT NULL,
    sealed_seed bytea NOT NULL,
    created_at  timestamptz(3) NOT NULL,
    FOREIGN KEY (key_id, network_id) REFERENCES passes.issuer_keys (id, network_id)
  );
  ${ownedBy('passes.issuer_secrets', { networks: ['network_id'] })}
`;

const credentials = `
  -- An index of the status list belongs to one credential until the moment written here.
  CREATE TABLE passes.status_slots (
    network_id uuid NOT NULL REFERENCES passes.issuers,
    index      int NOT NULL CHECK (index >= 0),
    taken_until timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (network_id, index)
  );
  CREATE INDEX status_slots_free ON passes.status_slots (network_id, taken_until);
  ${ownedBy('passes.status_slots', ofNetwork)}

  CREATE TABLE passes.credentials (
    id           uuid PRIMARY KEY,
    cti          bytea NOT NULL UNIQUE CHECK (octet_length(cti) = 16),
    kind         text NOT NULL CHECK (kind IN ('rotating', 'card')),
    pass_id      uuid NOT NULL,
    network_id   uuid NOT NULL,
    person_id    uuid NOT NULL,
    key_id       uuid NOT NULL,
    holder_alg   int,
    holder_key   bytea,
    status_index int NOT NULL,
    credential   bytea NOT NULL,
    issued_at    timestamptz(3) NOT NULL,
    expires_at   timestamptz(3) NOT NULL CHECK (expires_at > issued_at),
    revoked_at   timestamptz(3),
    request_hash text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    CHECK ((kind = 'rotating') = (holder_key IS NOT NULL) AND (holder_key IS NULL) = (holder_alg IS NULL)),
    FOREIGN KEY (pass_id, network_id, person_id) REFERENCES passes.passes (id, network_id, person_id),
    FOREIGN KEY (key_id, network_id) REFERENCES passes.issuer_keys (id, network_id),
    FOREIGN KEY (network_id, status_index) REFERENCES passes.status_slots (network_id, index)
  );
  CREATE INDEX credentials_pass ON passes.credentials (pass_id);
  CREATE INDEX credentials_live ON passes.credentials (network_id, expires_at);
  -- Losing a card is met by drawing another: the one before it stops opening doors.
  CREATE UNIQUE INDEX credentials_one_card ON passes.credentials (pass_id)
    WHERE kind = 'card' AND revoked_at IS NULL;
  ${ownedBy('passes.credentials', ofHolder)}
`;

const grants = `
  ${grantApp('passes', { fixed: ['pass_changes', 'issuer_keys', 'issuer_secrets'] })}
  -- The scope and the price of a pass are what was bought; only its state lives on.
  REVOKE UPDATE, DELETE ON passes.passes, passes.credentials FROM ${APP_ROLE};
  GRANT UPDATE (state) ON passes.passes TO ${APP_ROLE};
  GRANT UPDATE (revoked_at) ON passes.credentials TO ${APP_ROLE};
`;

/** Passes: products, passes, credentials, trust and status lists. */
export class Passes1767000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA passes;
      ${products}
      ${passes}
      ${issuers}
      ${credentials}
      ${grants}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
