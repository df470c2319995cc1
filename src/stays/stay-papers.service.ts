import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { amount, decimalText, type Unit } from '../kernel/money.js';
import type { Language } from '../kernel/wire.js';
import { Db, type Reader } from '../platform/db.js';
import { Pdf } from '../platform/pdf/pdf.js';
import { latestAgreement, signaturesOf, signerNames, type Agreement } from './agreements.service.js';
import { STAY_PAPER_WORDS } from './paper-words.js';
import { StayProblems } from './stay.problems.js';
import type { Stay } from './stay.queries.js';
import { seenStay, stayScope } from './stay-steps.js';
import { Stays } from './stays.service.js';

/** One page or more, in the words of a stay's first language; facts and hashes stay left to right. */
const SOURCE = `
#let doc = json(bytes(sys.inputs.data))
#let ink = rgb("#52635F")
#set document(title: doc.title)
#set page(paper: "a4", margin: (x: 22mm, top: 22mm, bottom: 24mm))
#set text(font: ("Commissioner", "Readex Pro"), size: 10pt, lang: doc.lang, dir: if doc.dir == "rtl" { rtl } else { ltr })
#text(fill: rgb("#0B5C6B"), size: 16pt, weight: "bold", "Escale")
#v(4mm)
#text(size: 18pt, weight: "bold", doc.title)#metadata(doc.title) <fact>
#v(2mm)
#text(fill: ink, doc.lead)
#v(5mm)
#grid(columns: (auto, 1fr), column-gutter: 8mm, row-gutter: 3mm,
  ..doc.facts.map(((label, value)) => (text(fill: ink, label), [#value#metadata(value) <fact>])).flatten())
#v(5mm)
#for (label, value) in doc.clauses [#text(weight: "semibold", label) \\ #value #v(2mm)]
#if doc.signatures.len() > 0 [
  #text(weight: "semibold", doc.signed)
  #grid(columns: (1fr, 1fr, auto), column-gutter: 6mm, row-gutter: 3mm,
    ..doc.signatures.map(((side, name, at)) => (text(fill: ink, side), name, text(dir: ltr, at))).flatten())
]
#v(6mm)
#text(size: 8pt, fill: ink)[#doc.hashLabel \\ #text(dir: ltr, doc.hash)]
`;

/** States in which the days are known for good. */
const RECKONED = ['REPORTS_ACCEPTED', 'BALANCE_DUE', 'CLOSED'];

/** What a stay has on paper: the agreement at any time, the certificate when the days are known. */
@Injectable()
export class StayPapers {
  constructor(
    private readonly db: Db,
    private readonly pdf: Pdf,
    private readonly stays: Stays,
  ) {}

  agreement(actor: Actor, id: string): Promise<Buffer> {
    return this.db.read(stayScope(actor), async (on) => {
      const stay = await seenStay(on, actor, id);
      const agreement = await latestAgreement(on, id);
      if (!agreement)
        throw StayProblems.wrongState('The agreement is drafted after both sides have said yes.');
      return this.pdf.print(SOURCE, await agreementPaper(on, stay, agreement));
    });
  }

  async certificate(actor: Actor, id: string): Promise<Buffer> {
    const stay = await this.stays.get(actor, id);
    if (!RECKONED.includes(stay.state) || !stay.agreement)
      throw StayProblems.wrongState('It is issued when both statements are accepted.');
    const language = stay.languages[0]!;
    const words = STAY_PAPER_WORDS[language];
    return this.pdf.print(SOURCE, {
      ...direction(language),
      title: words.certificate,
      lead: words.attests,
      facts: [
        [words.sides.PARTICIPANT, stay.participant],
        [words.sides.EMPLOYER, stay.employer.name],
        [words.sides.LEGAL_HOST, stay.legalHost!.name],
        [words.place, `${stay.stayPlace!.name}, ${stay.stayPlace!.city}`],
        [words.tutor, stay.tutorName!],
        [words.attested, `${stay.attestedDays.length}: ${stay.attestedDays.join(', ')}`],
      ],
      clauses: [[words.functions, stay.agreement.functionsObserved]],
      signed: '',
      signatures: [],
      hashLabel: words.hash,
      hash: stay.agreement.hash,
    });
  }
}

function direction(language: Language) {
  return { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' };
}

async function agreementPaper(on: Reader, stay: Stay, { id, number, hash, content }: Agreement) {
  const language = stay.languages[0]!;
  const words = STAY_PAPER_WORDS[language];
  const signed = await signaturesOf(on, id);
  const names = signerNames(content);
  const grant = decimalText(amount(content.unit as Unit, content.grantMinor));
  return {
    ...direction(language),
    title: `${words.agreement} · ${number}`,
    lead: `${words.basis}: ${content.source}`,
    facts: [
      ...content.signers.map((side) => [words.sides[side], names[side]]),
      [words.place, content.stayPlace],
      [words.tutor, content.tutor],
      [words.days, `${content.days} (${content.fromDay} – ${content.untilDay})`],
      [words.grant, `${grant} ${content.unit}`],
    ],
    clauses: [
      [words.functions, content.functionsObserved],
      [words.insurance, content.insurance],
      [words.confidentiality, content.confidentiality],
      [words.property, content.intellectualProperty],
      [words.data, content.dataProtection],
      [words.expenses, content.expenses],
    ],
    signed: words.signatures,
    signatures: content.signers.map((side) => [
      words.sides[side],
      names[side],
      signed.find((signature) => signature.side === side)?.signedAt.slice(0, 10) ?? words.notSigned,
    ]),
    hashLabel: words.hash,
    hash,
  };
}
