-- Questions that must have no answer: each lists what is broken. Asked after every experiment, of the owner, who sees all.

-- @oracle ledger_totals: debits equal credits in every unit, final and held
SELECT unit AS subject FROM ledger.accounts GROUP BY unit
HAVING sum(debits) <> sum(credits) OR sum(debits_held) <> sum(credits_held);

-- @oracle ledger_history: every stored balance is the sum of its history
WITH open_hold AS (
  SELECT h.* FROM ledger.transfers h
   WHERE h.kind = 'hold' AND NOT EXISTS (SELECT FROM ledger.transfers r WHERE r.hold_id = h.id)),
leg AS (
  SELECT debit_account_id AS id, minor AS d, 0 AS c, 0 AS dh, 0 AS ch FROM ledger.transfers WHERE kind IN ('direct', 'post')
  UNION ALL SELECT credit_account_id, 0, minor, 0, 0 FROM ledger.transfers WHERE kind IN ('direct', 'post')
  UNION ALL SELECT debit_account_id, 0, 0, minor, 0 FROM open_hold
  UNION ALL SELECT credit_account_id, 0, 0, 0, minor FROM open_hold)
SELECT a.id::text AS subject FROM ledger.accounts a LEFT JOIN leg USING (id) GROUP BY a.id
HAVING (a.debits, a.credits, a.debits_held, a.credits_held) IS DISTINCT FROM
       (coalesce(sum(d), 0)::bigint, coalesce(sum(c), 0)::bigint, coalesce(sum(dh), 0)::bigint, coalesce(sum(ch), 0)::bigint);

-- @oracle ledger_floor: no account is overdrawn, counting held debits
SELECT id::text AS subject FROM ledger.accounts WHERE floor = 'no_overdraft' AND debits + debits_held > credits;

-- @oracle transfer_once: what was intended once is recorded once
SELECT id::text AS subject FROM ledger.transfers GROUP BY id HAVING count(*) > 1;

-- @oracle hold_once: a hold has at most one outcome
SELECT hold_id::text AS subject FROM ledger.transfers WHERE hold_id IS NOT NULL GROUP BY hold_id HAVING count(*) > 1;

-- @oracle hold_covers: an outcome is of a hold, of no more than it, and keeps its accounts and unit
SELECT r.id::text AS subject FROM ledger.transfers r LEFT JOIN ledger.transfers h ON h.id = r.hold_id
 WHERE r.hold_id IS NOT NULL AND (h.id IS NULL OR h.kind <> 'hold' OR r.minor > h.minor
   OR (r.debit_account_id, r.credit_account_id, r.unit) <> (h.debit_account_id, h.credit_account_id, h.unit));

-- @oracle unit_kept: a transfer and both its accounts have the same unit
SELECT t.id::text AS subject FROM ledger.transfers t
  LEFT JOIN ledger.accounts d ON d.id = t.debit_account_id LEFT JOIN ledger.accounts c ON c.id = t.credit_account_id
 WHERE (t.unit = d.unit AND t.unit = c.unit) IS NOT TRUE;

-- @oracle held_is_booked: half-days are set aside for live bookings, and for nothing else
SELECT 'half-days' AS subject
 WHERE (SELECT coalesce(sum(debits_held), 0) FROM ledger.accounts WHERE unit = 'HALF_DAY')
    <> (SELECT coalesce(sum(half_days), 0) FROM bookings.bookings
         WHERE state IN ('PENDING', 'RESERVED') AND funding <> 'PAY_AS_YOU_GO');

-- @oracle payment_posted: each payment that succeeded was paid into the books once, in its amount
SELECT p.id::text AS subject FROM payments.payments p
 WHERE p.state = 'SUCCEEDED' AND p.amount_minor > 0
   AND (SELECT count(*) FROM ledger.transfers t WHERE t.group_id = p.id AND t.reason = 'provider paid'
          AND t.minor = p.amount_minor AND t.unit = p.unit) <> 1;

-- @oracle payment_alone: nothing was paid into the books without a payment that succeeded
SELECT t.id::text AS subject FROM ledger.transfers t
 WHERE t.reason = 'provider paid'
   AND NOT EXISTS (SELECT FROM payments.payments p WHERE p.id = t.group_id AND p.state = 'SUCCEEDED');

-- @oracle pass_of_purchase: what is paid has its pass, and no other purchase has the same
SELECT p.id::text AS subject FROM payments.purchases p
 WHERE p.state = 'PAID' AND p.kind = 'ONCE' AND (p.pass_id IS NULL OR EXISTS (
   SELECT FROM payments.purchases other WHERE other.pass_id = p.pass_id AND other.id <> p.id));

-- @oracle refund_within: refunds never exceed the payment
SELECT payment_id::text AS subject FROM payments.refunds r JOIN payments.payments p ON p.id = payment_id
 WHERE r.state <> 'FAILED' GROUP BY payment_id, p.amount_minor HAVING sum(r.amount_minor) > p.amount_minor;

-- @oracle seats_counted: what is taken is what is booked or kept
WITH seats AS (
  SELECT pool_id, day, from_slot, to_slot FROM bookings.bookings WHERE state IN ('PENDING', 'RESERVED', 'FULFILLED')
  UNION ALL
  SELECT kept_pool_id, day, kept_from_slot, kept_to_slot FROM bookings.waits WHERE state IN ('KEPT', 'OFFERED'))
SELECT format('%s %s half-hour %s', pool_id, day, slot) AS subject
  FROM bookings.pool_days CROSS JOIN generate_series(0, 47) AS slot
 WHERE taken[slot + 1] <> (SELECT count(*) FROM seats
   WHERE (seats.pool_id, seats.day) = (pool_days.pool_id, pool_days.day) AND from_slot <= slot AND slot < to_slot);

-- @oracle seats_within: nothing is overbooked, recounted from the bookings
WITH slots AS (
  SELECT b.pool_id, b.day, slot, count(*) AS booked
    FROM bookings.bookings b CROSS JOIN LATERAL generate_series(b.from_slot, b.to_slot - 1) AS slot
   WHERE b.state IN ('PENDING', 'RESERVED', 'FULFILLED') GROUP BY 1, 2, 3)
SELECT format('%s %s half-hour %s', pool_id, day, slot) AS subject
  FROM slots JOIN directory.pools pool ON pool.id = pool_id WHERE booked > pool.capacity;

-- @oracle person_days: a person has as much of a day as is booked, and never more than a day
SELECT format('%s %s', person_id, day) AS subject FROM bookings.person_days
 WHERE half_days > 2 OR half_days <> (SELECT coalesce(sum(b.half_days), 0) FROM bookings.bookings b
   WHERE b.state IN ('PENDING', 'RESERVED', 'FULFILLED') AND b.part <> 'HOURS'
     AND (b.person_id, b.day) = (person_days.person_id, person_days.day));

-- @oracle inside_once: nobody is in two spaces at once
SELECT person_id::text AS subject FROM checkin.visits WHERE state = 'ACTIVE' GROUP BY person_id HAVING count(*) > 1;

-- @oracle visit_paid_once: what a visit was booked on is posted once
SELECT v.id::text AS subject FROM checkin.visits v
 WHERE v.state IN ('ACTIVE', 'COMPLETED', 'SEALED') AND v.funding <> 'PAY_AS_YOU_GO'
   AND (SELECT count(*) FROM ledger.transfers hold JOIN ledger.transfers post ON post.hold_id = hold.id AND post.kind = 'post'
         WHERE hold.reason = 'booking ' || v.booking_id
           AND NOT EXISTS (SELECT FROM ledger.transfers back WHERE back.corrects_id = post.id)) <> 1;

-- @oracle record_billed_once: a sealed record is on one line at most
SELECT record_id::text AS subject FROM settlement.lines GROUP BY record_id HAVING count(*) > 1;

-- @oracle positions_zero: the net positions of a window sum to zero in each unit
SELECT window_id || ' ' || unit AS subject FROM settlement.positions GROUP BY window_id, unit HAVING sum(net_minor) <> 0;

-- @oracle event_acted: what was announced was acted on by whoever wants it, once
SELECT o.id || ' ' || o.name || ' ' || wanted.consumer AS subject
  FROM platform.outbox o JOIN torture.consumers wanted ON wanted.name = o.name
 WHERE NOT EXISTS (SELECT FROM platform.inbox i WHERE i.event_id = o.id AND i.consumer = wanted.consumer);

-- @oracle acted_once: nobody acted on an event twice
SELECT consumer || ' ' || event_id AS subject FROM platform.inbox GROUP BY consumer, event_id HAVING count(*) > 1;

-- @oracle booking_announced: a booking that stands was announced, once
SELECT b.id::text AS subject FROM bookings.bookings b
 WHERE b.state = 'RESERVED' AND (SELECT count(*) FROM platform.outbox o
   WHERE o.name = 'bookings.reserved.v1' AND o.payload->>'bookingId' = b.id::text) <> 1;

-- @oracle outbox_empty: nothing waits to be passed on
SELECT id::text AS subject FROM platform.outbox WHERE sent_at IS NULL;

-- @oracle mail_of_booking: each booking that was reserved or canceled wrote its guest one mail for each
SELECT b.id::text AS subject FROM bookings.bookings b
 WHERE (SELECT count(*) FROM platform.outbox o WHERE o.name IN ('bookings.reserved.v1', 'bookings.canceled.v1')
          AND o.payload->>'bookingId' = b.id::text)
    <> (SELECT count(*) FROM platform.mails m WHERE m.person_id = b.person_id AND m.text LIKE '%' || b.id || '%');

-- @oracle mails_sent: every mail that was written was handed to the mail server
SELECT id::text AS subject FROM platform.mails WHERE delivered_at IS NULL;

-- @oracle partner_told: each event that a partner asked for became one delivery, and was delivered
SELECT o.id::text AS subject FROM platform.outbox o JOIN hooks.endpoints e
    ON o.name = ANY (e.events) AND e.network_id = ANY (o.network_ids) AND e.disabled_at IS NULL AND o.created_at > e.created_at
 WHERE (SELECT count(*) FROM hooks.deliveries d WHERE d.endpoint_id = e.id AND d.state = 'DELIVERED'
          AND d.event_name = o.name AND d.body::jsonb->'data' = o.payload) <> 1;
