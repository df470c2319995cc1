import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'operator'] };

/** Runs of the policy laboratory: what was asked, of which windows, and what came out. The books know nothing of it. */
export class Laboratory1767000044001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${planOf}
      CREATE SCHEMA laboratory;
      CREATE TABLE laboratory.runs (
        id           uuid PRIMARY KEY,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        window_ids   uuid[] NOT NULL CHECK (cardinality(window_ids) > 0),
        policies     jsonb NOT NULL,
        inputs_hash  text NOT NULL,
        result       jsonb NOT NULL,
        result_hash  text NOT NULL,
        run_by       text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, network_id)
      );
      CREATE INDEX runs_of_network ON laboratory.runs (network_id, id);
      ${appendOnly('laboratory.runs')}
      ${ownedBy('laboratory.runs', owners)}
      -- Shown to every member, for good.
      CREATE TABLE laboratory.shares (
        run_id     uuid PRIMARY KEY,
        network_id uuid NOT NULL,
        shared_by  text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        FOREIGN KEY (run_id, network_id) REFERENCES laboratory.runs (id, network_id)
      );
      ${appendOnly('laboratory.shares')}
      ${ownedBy('laboratory.shares', owners)}
      ${grantApp('laboratory', { fixed: ['runs', 'shares'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** The plan of any positions, so that what might be settled is netted by the same function as what is. */
const planOf = `
      CREATE FUNCTION settlement.plan_of(units text[], parties uuid[], positions bigint[])
      RETURNS TABLE (unit text, debtor_id uuid, creditor_id uuid, minor bigint)
      LANGUAGE sql STABLE AS $$
        WITH nets AS (
          SELECT * FROM unnest(units, parties, positions) AS net (unit, party_id, net) WHERE net <> 0
        ),
        ends AS (
          SELECT unit, party_id::text AS debtor, NULL AS creditor,
                 sum(-net) OVER (PARTITION BY unit ORDER BY net, party_id) AS cut
            FROM nets WHERE net < 0
          UNION ALL
          SELECT unit, NULL, party_id::text,
                 sum(net) OVER (PARTITION BY unit ORDER BY net DESC, party_id)
            FROM nets WHERE net > 0
        ),
        cuts AS (
          SELECT unit, cut, max(debtor COLLATE "C") AS debtor, max(creditor COLLATE "C") AS creditor
            FROM ends GROUP BY unit, cut
        ),
        pieces AS (
          SELECT unit, cut, debtor, creditor,
                 cut - lag(cut, 1, 0) OVER (PARTITION BY unit ORDER BY cut) AS minor,
                 -- a piece belongs to the next end at or after it: number the ends from the far side
                 count(debtor) OVER (PARTITION BY unit ORDER BY cut DESC) AS debtor_no,
                 count(creditor) OVER (PARTITION BY unit ORDER BY cut DESC) AS creditor_no
            FROM cuts
        )
        SELECT unit,
               (max(debtor) OVER (PARTITION BY unit, debtor_no))::uuid,
               (max(creditor) OVER (PARTITION BY unit, creditor_no))::uuid,
               minor::bigint
          FROM pieces ORDER BY unit, cut
      $$;

      CREATE OR REPLACE FUNCTION settlement.plan_payments(of_window uuid)
      RETURNS TABLE (unit text, debtor_id uuid, creditor_id uuid, minor bigint)
      LANGUAGE sql STABLE AS $$
        SELECT plan.* FROM (
          SELECT array_agg(netting.unit) AS units, array_agg(netting.party_id) AS parties,
                 array_agg(netting.minor) AS positions
            FROM settlement.netting WHERE window_id = of_window AND netting.minor <> 0) AS nets
        CROSS JOIN LATERAL settlement.plan_of(units, parties, positions) AS plan
      $$;`;
