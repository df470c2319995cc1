/** How a closing reads what a window holds: views, and the plan of payments. */
export const SETTLEMENT_VIEWS = `
      CREATE VIEW settlement.window_items WITH (security_invoker = true) AS
        SELECT window_id, network_id, debtor_party_id, creditor_party_id, unit, amount_minor, 'VISIT' AS kind,
               record_id AS item_id
        FROM settlement.lines
        UNION ALL
        SELECT line.window_id, line.network_id, charge.debtor_party_id, charge.creditor_party_id, charge.unit,
               charge.amount_minor, charge.kind, charge.id
        FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id;

      CREATE OR REPLACE VIEW settlement.claims WITH (security_invoker = true) AS
        SELECT item.window_id, item.debtor_party_id, item.creditor_party_id, item.unit,
               sum(item.amount_minor)::bigint AS amount_minor, count(*)::int AS line_count,
               CASE WHEN item.unit = 'HALF_DAY' OR 'IN_KIND_ONLY' IN (debtor.profile, creditor.profile) THEN 'IN_KIND'
                    WHEN 'GROSS_ONLY' IN (debtor.profile, creditor.profile) THEN 'GROSS'
                    ELSE 'NETTED' END AS clearing
        FROM settlement.window_items item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id) = (item.window_id, item.unit, item.creditor_party_id)
        WHERE item.debtor_party_id <> item.creditor_party_id
        GROUP BY item.window_id, item.debtor_party_id, item.creditor_party_id, item.unit,
                 debtor.profile, creditor.profile;

      -- A claim in the currency it is netted in; open_minor leaves out what waits for the end of a dispute.
      CREATE VIEW settlement.clearing_claims WITH (security_invoker = true) AS
        SELECT claim.window_id, claim.debtor_party_id, claim.creditor_party_id, claim.clearing,
               claim.unit AS billed_unit, claim.amount_minor AS billed_minor,
               coalesce(conversion.to_unit, claim.unit) AS unit,
               CASE WHEN conversion.to_unit IS NULL THEN claim.amount_minor ELSE settlement.converted(
                 claim.amount_minor, from_rate, to_rate, exponent) END AS minor
        FROM settlement.claims claim
        LEFT JOIN settlement.conversions conversion
          ON conversion.window_id = claim.window_id AND conversion.from_unit = claim.unit AND claim.clearing = 'NETTED';

      CREATE VIEW settlement.suspended_claims WITH (security_invoker = true) AS
        SELECT suspended.window_id, suspended.debtor_party_id, suspended.creditor_party_id, suspended.unit AS billed_unit,
               suspended.minor AS billed_minor, coalesce(conversion.to_unit, suspended.unit) AS unit,
               CASE WHEN conversion.to_unit IS NULL THEN suspended.minor ELSE
                 settlement.converted(claim.minor, from_rate, to_rate, exponent)
                 - settlement.converted(claim.minor - suspended.minor, from_rate, to_rate, exponent) END AS minor,
               suspended.clearing
        FROM (
          SELECT suspension.window_id, suspension.debtor_party_id, suspension.creditor_party_id, suspension.unit,
                 sum(suspension.amount_minor)::bigint AS minor,
                 CASE WHEN 'GROSS_ONLY' IN (debtor.profile, creditor.profile) THEN 'GROSS' ELSE 'NETTED' END AS clearing
          FROM settlement.suspensions suspension
          JOIN settlement.positions debtor ON (debtor.window_id, debtor.unit, debtor.party_id)
            = (suspension.window_id, suspension.unit, suspension.debtor_party_id)
          JOIN settlement.positions creditor ON (creditor.window_id, creditor.unit, creditor.party_id)
            = (suspension.window_id, suspension.unit, suspension.creditor_party_id)
          GROUP BY 1, 2, 3, 4, debtor.profile, creditor.profile) AS suspended
        LEFT JOIN settlement.conversions conversion ON conversion.window_id = suspended.window_id
          AND conversion.from_unit = suspended.unit AND suspended.clearing = 'NETTED'
        CROSS JOIN LATERAL (
          SELECT sum(item.amount_minor)::bigint AS minor FROM settlement.window_items item
          WHERE item.window_id = suspended.window_id AND item.debtor_party_id = suspended.debtor_party_id
            AND item.creditor_party_id = suspended.creditor_party_id AND item.unit = suspended.unit) AS claim;

      -- What each party has to pay or to get by netting, less what waits.
      CREATE VIEW settlement.netting WITH (security_invoker = true) AS
        SELECT position.window_id, position.unit, position.party_id,
               (position.netting_minor + coalesce(waiting.minor, 0))::bigint AS minor
        FROM settlement.positions position
        LEFT JOIN (
          SELECT window_id, unit, party_id, sum(minor) AS minor FROM (
            SELECT window_id, unit, debtor_party_id AS party_id, minor FROM settlement.suspended_claims
            WHERE clearing = 'NETTED'
            UNION ALL
            SELECT window_id, unit, creditor_party_id, -minor FROM settlement.suspended_claims
            WHERE clearing = 'NETTED') AS sides
          GROUP BY window_id, unit, party_id) AS waiting
          ON (waiting.window_id, waiting.unit, waiting.party_id)
           = (position.window_id, position.unit, position.party_id);

      CREATE OR REPLACE FUNCTION settlement.plan_payments(of_window uuid)
      RETURNS TABLE (unit text, debtor_id uuid, creditor_id uuid, minor bigint)
      LANGUAGE sql STABLE AS $$
        WITH nets AS (
          SELECT netting.unit, netting.party_id, netting.minor AS net FROM settlement.netting
           WHERE window_id = of_window AND netting.minor <> 0
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
      $$;`;

/** What a closing does to the account of each party: its positions, its VAT, and what changes currency. */
export const SETTLEMENT_MOVES = `
      CREATE VIEW settlement.documents_due WITH (security_invoker = true) AS
        SELECT item.window_id, item.network_id,
               CASE item.kind WHEN 'CREDIT' THEN 'CREDIT_NOTE' ELSE 'INVOICE' END AS kind,
               CASE item.kind WHEN 'CREDIT' THEN item.debtor_party_id ELSE item.creditor_party_id END AS issuer_party_id,
               CASE item.kind WHEN 'CREDIT' THEN item.creditor_party_id ELSE item.debtor_party_id END AS recipient_party_id,
               item.unit, sum(item.amount_minor)::bigint AS net_minor
        FROM settlement.window_items item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id) = (item.window_id, item.unit, item.creditor_party_id)
        WHERE item.debtor_party_id <> item.creditor_party_id AND item.unit <> 'HALF_DAY'
          AND item.kind NOT IN ('RELEASE', 'CARRIED')
          AND 'IN_KIND_ONLY' NOT IN (debtor.profile, creditor.profile)
        GROUP BY 1, 2, 3, 4, 5, 6
        HAVING sum(item.amount_minor) > 0;

      CREATE VIEW settlement.party_moves WITH (security_invoker = true) AS
        SELECT window_id, party_id, unit, sum(debit)::bigint AS debit_minor, sum(credit)::bigint AS credit_minor
        FROM (
          SELECT window_id, party_id, unit, pays_minor AS debit, receives_minor AS credit FROM settlement.positions
          UNION ALL
          SELECT window_id, CASE kind WHEN 'INVOICE' THEN recipient_party_id ELSE issuer_party_id END, unit, vat_minor, 0
          FROM settlement.vat
          UNION ALL
          SELECT window_id, CASE kind WHEN 'INVOICE' THEN issuer_party_id ELSE recipient_party_id END, unit, 0, vat_minor
          FROM settlement.vat
          UNION ALL
          SELECT claim.window_id, side.party_id, side.unit, side.debit, side.credit
          FROM settlement.conversions conversion
          JOIN settlement.clearing_claims claim ON claim.window_id = conversion.window_id
            AND claim.billed_unit = conversion.from_unit AND claim.clearing = 'NETTED'
          CROSS JOIN LATERAL (VALUES
            (claim.debtor_party_id, claim.billed_unit, 0::bigint, claim.billed_minor),
            (claim.debtor_party_id, claim.unit, claim.minor, 0),
            (claim.creditor_party_id, claim.billed_unit, claim.billed_minor, 0),
            (claim.creditor_party_id, claim.unit, 0, claim.minor)) AS side (party_id, unit, debit, credit)) AS moves
        GROUP BY window_id, party_id, unit;`;
