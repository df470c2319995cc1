import { z } from 'zod';
import { wireAmount, wireId, wireInstant, wireLanguage, wirePage } from '../kernel/wire.js';

const unit = wireAmount.shape.unit;
export const FORMATS = ['PDF', 'CSV', 'XLSX'] as const;
export type Format = (typeof FORMATS)[number];
const format = z.enum(FORMATS);
const detail = z.enum(['SUMMARY', 'ITEMISED']);

/** The same filter for both: what the summary adds up is what the items list. */
export const ExportFilter = z.strictObject({
  counterpartyId: wireId.nullable().default(null),
  direction: z.enum(['RECEIVES', 'PAYS']).nullable().default(null),
  unit: unit.nullable().default(null),
});
export type ExportFilter = z.output<typeof ExportFilter>;

/** One party's statement of one closed window, as a file. */
export const PutExport = z
  .strictObject({
    windowId: wireId,
    partyId: wireId,
    format,
    detail,
    /** Of a PDF; without it, that of the party's country. */
    language: wireLanguage.nullable().default(null),
    filter: ExportFilter.prefault({}),
  })
  .meta({ id: 'PutExport' });
export type PutExport = z.output<typeof PutExport>;

/** Exports of one party, or of all windows of a network. */
export const ExportsQuery = z
  .union([z.strictObject({ networkId: wireId }), z.strictObject({ partyId: wireId })])
  .meta({ id: 'ExportsQuery' });
export type ExportsQuery = z.output<typeof ExportsQuery>;

const ControlSum = z.strictObject({ unit, receivesMinor: z.int(), paysMinor: z.int() });
export type ControlSum = z.infer<typeof ControlSum>;

export const ExportView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    windowId: wireId,
    windowNumber: z.int(),
    party: z.strictObject({ id: wireId, name: z.string() }),
    format,
    detail,
    language: wireLanguage,
    filter: ExportFilter,
    state: z.enum(['QUEUED', 'RUNNING', 'DONE', 'FAILED']),
    progressPercent: z.int(),
    rows: z.int(),
    /** What all rows of the file come to, per unit. */
    controlSums: z.array(ControlSum),
    fileName: z.string(),
    sha256: z.string().nullable(),
    sizeBytes: z.int().nullable(),
    failure: z.string().nullable(),
    askedBy: z.string(),
    createdAt: wireInstant,
    endedAt: wireInstant.nullable(),
    expiresAt: wireInstant.nullable(),
    isExpired: z.boolean(),
  })
  .meta({ id: 'Export' });
export type ExportView = z.infer<typeof ExportView>;
export const ExportPage = wirePage(ExportView).meta({ id: 'ExportPage' });
export type ExportPage = z.infer<typeof ExportPage>;
