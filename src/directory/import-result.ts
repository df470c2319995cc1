export type Outcome = 'created' | 'updated' | 'unchanged' | 'flagged' | 'refused';
export type RowOutcome = { readonly line: number; readonly outcome: Outcome; readonly reason?: string };

/** Every row read is in exactly one of the five counts. */
export type ImportResult = { readonly read: number } & Readonly<Record<Outcome, number>> & {
    readonly rows: readonly RowOutcome[];
  };

export function importResult(outcomes: readonly RowOutcome[]): ImportResult {
  const rows = outcomes.toSorted((a, b) => a.line - b.line);
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    read: rows.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    flagged: count('flagged'),
    refused: count('refused'),
    rows,
  };
}
