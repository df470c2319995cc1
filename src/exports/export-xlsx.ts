import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { UNITS } from '../kernel/money.js';
import { cellText, type Cell } from './export-columns.js';

type Row = readonly (Cell | null)[];

/** Every text is written as text, so that no name can be a formula; amounts are numbers that can be added up. */
export async function xlsx(sheet: string, header: readonly string[], rows: readonly Row[]): Promise<Buffer> {
  const data: SheetData = [
    header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(cell)),
  ];
  return writeXlsxFile(data, { sheet, stickyRowsCount: 1 }).toBuffer();
}

function cell(value: Cell | null) {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return { value, type: String };
  if (typeof value === 'number') return { value, type: Number };
  const { scale } = UNITS[value.unit];
  const format = scale === 0 ? '0' : `0.${'0'.repeat(scale)}`;
  return { value: Number(cellText(value)), type: Number, format };
}
