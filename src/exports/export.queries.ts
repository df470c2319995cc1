import { sql, type Reader } from '../platform/db.js';
import type { ExportView } from './export.schema.js';

export type ExportRow = Omit<ExportView, 'fileName'> & {
  readonly fileId: string | null;
  readonly requestHash: string;
  readonly country: string;
};

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const EXPORT = `
  SELECT export.id, export.network_id AS "networkId", export.window_id AS "windowId", w.number AS "windowNumber",
    json_build_object('id', party.id, 'name', party.name) AS party, party.country, format, detail, language, filter,
    export.state, CASE WHEN export.state = 'DONE' THEN 100 WHEN rows_expected = 0 THEN 0
      ELSE least(99, 100 * rows_written::bigint / rows_expected)::int END AS "progressPercent",
    rows_written AS rows, control_sums AS "controlSums", sha256, size_bytes::float8 AS "sizeBytes", failure,
    asked_by AS "askedBy", ${instant('export.created_at')} AS "createdAt", ${instant('ended_at')} AS "endedAt",
    ${instant('expires_at')} AS "expiresAt", expired_at IS NOT NULL AS "isExpired", file_id AS "fileId",
    export.request_hash AS "requestHash"
  FROM exports.exports export
  JOIN settlement.pub_windows w ON w.id = export.window_id
  JOIN directory.pub_parties party ON party.id = export.party_id`;

export async function exportRow(on: Reader, id: string): Promise<ExportRow | undefined> {
  const [row] = await sql<ExportRow>(on, `${EXPORT} WHERE export.id = $1`, [id]);
  return row;
}

const SHOWN_MAX = 200;

/** The latest first. */
export function exportsOf(
  on: Reader,
  column: 'export.network_id' | 'export.party_id',
  value: string,
): Promise<ExportRow[]> {
  return sql<ExportRow>(on, `${EXPORT} WHERE ${column} = $1 ORDER BY export.id DESC LIMIT ${SHOWN_MAX}`, [
    value,
  ]);
}

export function exportView(row: ExportRow): ExportView {
  const { fileId: _fileId, requestHash: _hash, country: _country, ...view } = row;
  return { ...view, fileName: fileName(row) };
}

/** Letters and digits that every file system takes; the party by its id, since names are in all scripts. */
export function fileName({ windowNumber, party, detail, format }: ExportRow): string {
  return `statement-${windowNumber}-${party.id}-${detail.toLowerCase()}.${format.toLowerCase()}`;
}
