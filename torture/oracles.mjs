/** Asks the questions of oracles.sql, and compares what is outside with what the database says. */
import { readFileSync } from 'node:fs';

const SUBJECTS_MAX = 5;

export const ORACLES = readFileSync(new URL('oracles.sql', import.meta.url), 'utf8')
  .split(/^-- @oracle /m)
  .slice(1)
  .map((block) => {
    const [title = '', ...sql] = block.split('\n');
    const [name, promise] = title.split(/: (.*)/s);
    return { name, promise, sql: sql.join('\n').trim() };
  });

/** Broken promises by name, each with a few subjects. */
export async function askOracles(ask, oracles = ORACLES) {
  const broken = [];
  for (const { name, promise, sql } of oracles) {
    const rows = await ask(sql);
    if (rows.length > 0)
      broken.push({
        oracle: name,
        promise,
        count: rows.length,
        subjects: rows.slice(0, SUBJECTS_MAX).map(({ subject }) => subject),
      });
  }
  return broken;
}

/** What the partner, the mail server and the provider keep, against what we say that we told and took. */
export async function compareOutside({ ask, partner, mails, sandbox }) {
  const told = await ask(`SELECT id, body FROM hooks.deliveries WHERE state = 'DELIVERED'`);
  const written = await ask('SELECT id FROM platform.mails WHERE delivered_at IS NOT NULL');
  const paid = await ask(
    `SELECT intent_ref AS ref, amount_minor::text AS minor FROM payments.payments
      WHERE state = 'SUCCEEDED' AND amount_minor > 0`,
  );
  const charges = (await sandbox.all('charges')).filter(({ paid: isPaid }) => isPaid);
  const charged = new Map(charges.map(({ payment_intent: ref, amount }) => [ref, String(amount)]));
  const wrong = [
    ...told.filter(({ id }) => !partner.kept.has(id)).map(({ id }) => `partner has no ${id}`),
    ...[...partner.kept.keys()]
      .filter((id) => !told.some((one) => one.id === id))
      .map((id) => `partner has ${id}, which we did not finish telling`),
    ...written.filter(({ id }) => !mails.kept.has(id)).map(({ id }) => `the mail server has no ${id}`),
    ...paid.filter(({ ref, minor }) => charged.get(ref) !== minor).map(({ ref }) => `no charge for ${ref}`),
    ...[...charged.keys()]
      .filter((ref) => !paid.some((one) => one.ref === ref))
      .map((ref) => `charged, and not known: ${ref}`),
  ];
  if (charges.length !== charged.size) wrong.push('a payment was charged twice');
  return wrong.length === 0
    ? []
    : [
        {
          oracle: 'outside',
          promise: 'what others keep is what we say',
          count: wrong.length,
          subjects: wrong.slice(0, SUBJECTS_MAX),
        },
      ];
}
