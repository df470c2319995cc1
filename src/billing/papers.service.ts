import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { Pdf } from '../platform/pdf/pdf.js';
import { namedScope } from '../platform/scope.js';
import { DocumentProblems } from './billing.problems.js';
import type { DocumentContent } from './document-content.js';
import { DOCUMENT_SOURCE, paperOf } from './document-pdf.js';
import { Documents } from './documents.service.js';
import { ciiOf } from './en16931/cii.js';
import { missingFor, type EInvoice } from './en16931/e-invoice.js';
import { facturX } from './en16931/factur-x.js';
import { ublOf } from './en16931/ubl.js';
import type { ReceiptPage, ReceiptView } from './receipt.schema.js';

type Stored = {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE' | 'RECEIPT';
  readonly invoice: EInvoice;
  readonly language: Language;
  readonly issuedAt: Instant;
};

/** Issued documents as files: made from what was frozen, so that they come out the same each time. */
@Injectable()
export class Papers {
  constructor(
    private readonly db: Db,
    private readonly documents: Documents,
    private readonly pdf: Pdf,
  ) {}

  /** A PDF that carries its data where the document can be an e-invoice, a plain one where it cannot. */
  async print(actor: Actor, id: string): Promise<Buffer> {
    return this.paper(await this.readable(actor, id));
  }

  async printReceipt(actor: Actor, id: string): Promise<Buffer> {
    const personId = demandPerson(actor);
    const stored = await this.db.read(actor.scope, (on) => storedDocument(on, id, personId));
    if (!stored)
      throw DocumentProblems.notFound(`You have no receipt ${id}. Your own are in GET /v1/receipts.`);
    return this.paper(stored);
  }

  async xml(actor: Actor, id: string, syntax: 'ubl' | 'cii'): Promise<string> {
    const { invoice } = await this.readable(actor, id);
    const missing = missingFor(invoice);
    if (missing.length > 0)
      throw DocumentProblems.notElectronic(
        'What is missing has to be on file before a document is issued: declare it, and later ones carry it.',
        { missing },
      );
    return syntax === 'ubl' ? ublOf(invoice) : ciiOf(invoice);
  }

  /** A person's own, newest first. */
  receipts(actor: Actor): Promise<ReceiptPage> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({ items: await receiptsOf(on, personId), next: null }));
  }

  private async readable(actor: Actor, id: string): Promise<Stored> {
    await this.documents.get(actor, id);
    const stored = await this.db.read(namedScope('clearing'), (on) => storedDocument(on, id, null));
    if (!stored)
      throw DocumentProblems.notElectronic(
        'It was issued before documents kept what they are printed from.',
        {
          missing: ['content'],
        },
      );
    return stored;
  }

  private async paper({ invoice, language, kind, issuedAt }: Stored): Promise<Buffer> {
    const page = this.pdf.print(DOCUMENT_SOURCE, paperOf({ invoice, language, kind }));
    if (kind === 'RECEIPT' || missingFor(invoice).length > 0) return page;
    return facturX(page, ciiOf(invoice), { title: invoice.number, madeAt: issuedAt });
  }
}

async function storedDocument(on: Reader, id: string, personId: string | null): Promise<Stored | null> {
  type Row = { kind: Stored['kind']; number: string; content: DocumentContent; issuedAt: Date };
  const [row] = await sql<Row>(
    on,
    `SELECT kind, number, content, issued_at AS "issuedAt" FROM billing.documents
     WHERE id = $1 AND content IS NOT NULL AND ($2::uuid IS NULL OR recipient_person_id = $2)`,
    [id, personId],
  );
  if (!row) return null;
  const { language, ...content } = row.content;
  return {
    kind: row.kind,
    language,
    invoice: { number: row.number, ...content },
    issuedAt: instantFromDate(row.issuedAt),
  };
}

async function receiptsOf(on: Reader, personId: string): Promise<ReceiptView[]> {
  const rows = await sql<Omit<ReceiptView, 'issuedAt'> & { issuedAt: Date }>(
    on,
    `SELECT document.id, document.kind, number, json_build_object('id', issuer.id, 'name', issuer.name) AS issuer,
       content -> 'lines' -> 0 ->> 'name' AS title,
       json_build_object('unit', document.unit, 'minor', net_minor + vat_minor) AS paid,
       json_build_object('unit', document.unit, 'minor', vat_minor) AS vat, vat_note AS "vatNote",
       issued_at AS "issuedAt"
     FROM billing.documents document JOIN directory.pub_parties issuer ON issuer.id = issuer_party_id
     WHERE recipient_person_id = $1 ORDER BY issued_at DESC, document.id DESC`,
    [personId],
  );
  return rows.map(({ issuedAt, ...row }) => ({ ...row, issuedAt: instantFromDate(issuedAt).toString() }));
}
