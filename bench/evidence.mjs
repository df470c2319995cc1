/** The tables of docs/evidence/performance.md, between their marks; what people wrote around them stays. */
import { figureText, goalText, intervalText } from './findings.mjs';

export function evidenceWith(page, profile, results) {
  const [begin, end] = [`<!-- ${profile}: begin -->`, `<!-- ${profile}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for ${profile}.`);
  const tables = Object.entries(results).map(([name, result]) => tableOf(name, result));
  return `${page.slice(0, from + begin.length)}\n${tables.join('')}${page.slice(to)}`;
}

function tableOf(name, { command, seed, seconds, machine, durability, load, findings }) {
  const settings = `fsync ${durability.fsync}, synchronous_commit ${durability.synchronous_commit}`;
  const on = `PostgreSQL ${machine.postgresql} (${settings}), Node ${machine.node}, ${machine.cores} cores`;
  const rows = findings.map(
    (finding) =>
      `| ${finding.promise}${finding.note ? ` (${finding.note})` : ''} | ${goalText(finding)} | ${figureText(finding)} | ${intervalText(finding)} | ${finding.verdict} |`,
  );
  return `
### ${name}

\`${command}\`, seed ${seed}, ${seconds} s; ${on}, load ${load.join(' to ')}.

| What | Goal | Seen | Interval | Verdict |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
