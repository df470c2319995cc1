/** What the books may know of windows, documents, payments and the bank: facts, each once. */
export const BOOKS_VIEWS = `
      CREATE VIEW settlement.pub_claims WITH (security_invoker = true) AS
        SELECT item.window_id, item.network_id, item.debtor_party_id, item.creditor_party_id, item.unit, item.kind,
               claim.clearing, sum(item.amount_minor)::bigint AS amount_minor
        FROM settlement.window_items item
        JOIN settlement.claims claim
          ON (claim.window_id, claim.debtor_party_id, claim.creditor_party_id, claim.unit)
           = (item.window_id, item.debtor_party_id, item.creditor_party_id, item.unit)
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(item.amount_minor) > 0;

      CREATE VIEW settlement.pub_conversions WITH (security_invoker = true) AS
        SELECT window_id, debtor_party_id, creditor_party_id, billed_unit, billed_minor, unit, minor
        FROM settlement.clearing_claims WHERE billed_unit <> unit;

      CREATE VIEW settlement.pub_window_rates WITH (security_invoker = true) AS
        SELECT window_id, from_unit AS unit, from_rate AS rate, rate_day, source FROM settlement.conversions
        UNION SELECT window_id, to_unit, to_rate, rate_day, source FROM settlement.conversions;
      CREATE VIEW settlement.pub_fx_rates WITH (security_invoker = true) AS
        SELECT day, quote, rate, source FROM settlement.fx_rates WHERE base = 'EUR';

      -- Units for one euro, as they stood when a window closed: fixed for it, else the last ones by its last day.
      CREATE FUNCTION settlement.closing_rate(of_window uuid, of_unit text)
      RETURNS TABLE (rate numeric, rate_day date, source text) LANGUAGE sql STABLE AS $$
        SELECT found.rate, found.rate_day, found.source FROM (
          SELECT fixed.rate, fixed.rate_day, fixed.source, 1 AS rank FROM settlement.pub_window_rates fixed
          WHERE fixed.window_id = of_window AND fixed.unit = of_unit
          UNION ALL
          SELECT 1, closure.until_day, 'EUR', 1 FROM settlement.closures closure
          WHERE closure.window_id = of_window AND of_unit = 'EUR'
          UNION ALL
          SELECT own.rate, own.day, own.source, 2 FROM settlement.closures closure
          JOIN treasury.pub_exchange_rates own ON own.network_id = closure.network_id
            AND own.quote = of_unit AND own.day <= closure.until_day
          WHERE closure.window_id = of_window
          UNION ALL
          SELECT imported.rate, imported.day, imported.source, 3 FROM settlement.closures closure
          JOIN settlement.fx_rates imported ON imported.base = 'EUR' AND imported.quote = of_unit
            AND imported.day <= closure.until_day
          WHERE closure.window_id = of_window) AS found
        ORDER BY least(rank, 2), found.rate_day DESC, rank LIMIT 1
      $$;

      CREATE VIEW settlement.pub_window_steps WITH (security_invoker = true) AS
        SELECT step.window_id, step.network_id, w.number, step.state, step.taken_at
        FROM settlement.steps step JOIN settlement.windows w ON w.id = step.window_id;
      CREATE VIEW settlement.pub_vat WITH (security_invoker = true) AS
        SELECT window_id, network_id, kind, issuer_party_id, recipient_party_id, unit, vat_minor
        FROM settlement.vat;
      CREATE VIEW settlement.pub_positions WITH (security_invoker = true) AS
        SELECT position.window_id, position.network_id, w.number, w.state AS window_state, position.party_id,
               position.unit, position.net_minor
        FROM settlement.positions position JOIN settlement.windows w ON w.id = position.window_id;

      -- One line that waits: what of its claim, in the currency it is netted in, waits with it. The parts of a claim
      -- add up to what waits of the claim, because each is the difference that it makes.
      CREATE VIEW settlement.pub_suspensions WITH (security_invoker = true) AS
        SELECT waiting.dispute_id, waiting.record_id, waiting.window_id, waiting.network_id, waiting.debtor_party_id,
               waiting.creditor_party_id, waiting.unit AS billed_unit, waiting.amount_minor AS billed_minor,
               coalesce(conversion.to_unit, waiting.unit) AS unit,
               CASE WHEN conversion.to_unit IS NULL THEN waiting.amount_minor ELSE
                 settlement.converted(claim.amount_minor - waiting.before, from_rate, to_rate, exponent)
                 - settlement.converted(claim.amount_minor - waiting.before - waiting.amount_minor, from_rate, to_rate,
                     exponent) END AS minor,
               claim.clearing, waiting.created_at
        FROM (
          SELECT suspension.*, (coalesce(sum(amount_minor) OVER (
            PARTITION BY window_id, debtor_party_id, creditor_party_id, unit ORDER BY created_at, record_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS before
          FROM settlement.suspensions suspension) AS waiting
        JOIN settlement.claims claim
          ON (claim.window_id, claim.debtor_party_id, claim.creditor_party_id, claim.unit)
           = (waiting.window_id, waiting.debtor_party_id, waiting.creditor_party_id, waiting.unit)
        LEFT JOIN settlement.conversions conversion ON conversion.window_id = waiting.window_id
          AND conversion.from_unit = waiting.unit AND claim.clearing = 'NETTED';

      CREATE VIEW settlement.pub_executions WITH (security_invoker = true) AS
        SELECT payment.id AS payment_id, payment.window_id, payment.network_id, payment.from_party_id,
               payment.to_party_id, payment.unit, payment.amount_minor, payment.kind, execution.executed_at
        FROM settlement.payments payment JOIN settlement.executions execution ON execution.payment_id = payment.id;
      CREATE VIEW settlement.pub_failures WITH (security_invoker = true) AS
        SELECT payment.id AS payment_id, payment.window_id, payment.network_id, payment.from_party_id,
               payment.to_party_id, payment.unit, payment.amount_minor, payment.kind, failure.created_at AS failed_at
        FROM settlement.payments payment JOIN settlement.failures failure ON failure.payment_id = payment.id;

      -- What a document bills, by kind, and a hash of all that it says.
      CREATE VIEW billing.pub_document_facts WITH (security_invoker = true) AS
        SELECT document.id, document.kind, document.number, document.network_id, document.window_id,
               document.issuer_party_id, document.recipient_party_id, document.unit, document.net_minor,
               document.vat_minor, document.refers_to, document.issued_at,
               (SELECT jsonb_object_agg(part.kind, part.minor) FROM (
                  SELECT coalesce(line ->> 'kind', 'VISIT') AS kind, sum((line ->> 'amountMinor')::bigint)::text AS minor
                  FROM jsonb_array_elements(document.lines || document.charges) AS line GROUP BY 1) AS part) AS parts,
               encode(sha256(convert_to(concat_ws('|', document.id, document.kind, document.number,
                 document.issuer_party_id, document.recipient_party_id, document.window_id, document.unit,
                 document.net_minor, document.vat_minor, document.vat_note, document.refers_to,
                 extract(epoch FROM document.issued_at), document.lines, document.charges), 'UTF8')), 'hex') AS hash
        FROM billing.documents document;

      CREATE VIEW banking.pub_bank_lines WITH (security_invoker = true) AS
        SELECT line.id, line.network_id, account.party_id, line.bank_account_id, line.unit, line.amount_minor,
               line.booked_day, line.created_at
        FROM banking.bank_lines line JOIN banking.bank_accounts account ON account.id = line.bank_account_id;
      CREATE VIEW banking.pub_matches WITH (security_invoker = true) AS
        SELECT match.id, match.bank_line_id, match.network_id, match.payment_id, match.party_id,
               sign(line.amount_minor)::int AS sign, payment.unit, match.amount_minor AS amount_minor,
               line.unit AS line_unit, coalesce(match.line_minor, match.amount_minor) AS line_minor,
               coalesce(match.expected_minor, match.amount_minor) AS expected_minor,
               payment.window_id, match.created_at, match.undone_at
        FROM banking.matches match
        JOIN banking.bank_lines line ON line.id = match.bank_line_id
        JOIN settlement.payments payment ON payment.id = match.payment_id;`;
