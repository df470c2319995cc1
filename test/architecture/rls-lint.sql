-- Row-level security has holes by default; this finds them. Each row returned is a hole.
-- $1: the role the application runs as. $2: tables that hold nobody's rows, as 'schema.table'.
WITH ours AS (
  SELECT c.*, format('%s.%s', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq', 'public')
),
owned AS (
  SELECT * FROM ours WHERE relkind IN ('r', 'p') AND name <> ALL ($2::text[])
)
SELECT 'table without row-level security' AS hole, name AS subject FROM owned WHERE NOT relrowsecurity
UNION ALL
SELECT 'not forced, so the owner sees all rows', name FROM owned WHERE relrowsecurity AND NOT relforcerowsecurity
UNION ALL
SELECT 'secured but without a policy', name FROM owned
WHERE relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = owned.oid)
UNION ALL
SELECT 'policy without WITH CHECK', p.polname || ' on ' || owned.name
FROM pg_policy p JOIN owned ON owned.oid = p.polrelid
WHERE p.polwithcheck IS NULL AND p.polcmd IN ('*', 'a', 'w')
UNION ALL
SELECT 'view runs as its owner: set security_invoker', name FROM ours
WHERE relkind = 'v' AND coalesce(reloptions::text, '') NOT ILIKE '%security_invoker=true%'
UNION ALL
SELECT 'materialized view: policies cannot apply', name FROM ours WHERE relkind = 'm'
UNION ALL
SELECT 'SECURITY DEFINER function', p.oid::regprocedure::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'bullmq')
UNION ALL
SELECT 'the application role can bypass policies', rolname::text
FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT 'the application role owns this', ours.name
FROM ours JOIN pg_roles r ON r.oid = ours.relowner WHERE r.rolname = $1 AND ours.relkind IN ('r', 'p', 'v')
ORDER BY 1, 2;
