/** RFC 4180, and a spreadsheet must not take a name for a formula. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** How a formula begins (OWASP ASVS 5.0, 1.2.10), the wide forms of an East Asian keyboard too, and what spreadsheets skip. */
const FORMULA_STARTS = new Set(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);

/** Nothing that begins like a formula stays one; a number with a sign is a number. */
function cell(text: string): string {
  const isFormula = FORMULA_STARTS.has(text.charAt(0)) && !/^-\d+(\.\d+)?$/.test(text);
  const harmless = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
