import { create } from 'xmlbuilder2';
import { decimalText, type Amount } from '../kernel/money.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { bankText } from './bank-text.js';

/** ISO 20022 customer credit transfer initiation: the version of today, and the one that older banks still ask for. */
export const TRANSFER_VERSIONS = ['09', '03'] as const;
export type TransferVersion = (typeof TRANSFER_VERSIONS)[number];

type BankParty = {
  readonly name: string;
  readonly country: string;
  readonly iban: string;
  readonly bic: string | null;
};

export type CreditTransfers = {
  /** At most 35 characters; the bank refuses a second file with the same one. */
  readonly messageId: string;
  readonly madeAt: Instant;
  readonly executionDay: PlainDate;
  readonly initiator: string;
  readonly payer: BankParty;
  readonly transfers: readonly {
    /** Travels with the money to the payee's statement. At most 35 characters. */
    readonly endToEndId: string;
    readonly amount: Amount;
    readonly payee: BankParty;
    readonly text: string;
  }[];
};

const NAME_LENGTH_MAX = 70;
const TEXT_LENGTH_MAX = 140;

/** One SEPA credit transfer file of one payer, in the order of the XML schema. All amounts in one currency. */
export function creditTransferFile(order: CreditTransfers, version: TransferVersion): string {
  const count = String(order.transfers.length);
  const sum = controlSum(order.transfers.map((transfer) => transfer.amount));
  const bic = version === '09' ? 'BICFI' : 'BIC';
  const agent = (of: BankParty) => ({
    FinInstnId: of.bic ? { [bic]: of.bic } : { Othr: { Id: 'NOTPROVIDED' } },
  });
  const party = (of: BankParty) => ({
    Nm: bankText(of.name, NAME_LENGTH_MAX),
    PstlAdr: { Ctry: of.country },
  });
  const day = order.executionDay.toString();
  const message = {
    GrpHdr: {
      MsgId: order.messageId,
      CreDtTm: order.madeAt.round('second').toString(),
      NbOfTxs: count,
      CtrlSum: sum,
      InitgPty: { Nm: bankText(order.initiator, NAME_LENGTH_MAX) },
    },
    PmtInf: {
      PmtInfId: order.messageId,
      PmtMtd: 'TRF',
      BtchBookg: 'false', // one line on the statement for each transfer, so that each can be matched
      NbOfTxs: count,
      CtrlSum: sum,
      PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
      ReqdExctnDt: version === '09' ? { Dt: day } : day,
      Dbtr: party(order.payer),
      DbtrAcct: { Id: { IBAN: order.payer.iban } },
      DbtrAgt: agent(order.payer),
      ChrgBr: 'SLEV',
      CdtTrfTxInf: order.transfers.map(({ endToEndId, amount, payee, text }) => ({
        PmtId: { EndToEndId: endToEndId },
        Amt: { InstdAmt: { '@Ccy': amount.unit, '#': decimalText(amount) } },
        ...(payee.bic ? { CdtrAgt: agent(payee) } : {}),
        Cdtr: party(payee),
        CdtrAcct: { Id: { IBAN: payee.iban } },
        RmtInf: { Ustrd: bankText(text, TEXT_LENGTH_MAX) },
      })),
    },
  };
  const namespace = `urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}`;
  return create(
    { version: '1.0', encoding: 'UTF-8' },
    { Document: { '@xmlns': namespace, CstmrCdtTrfInitn: message } },
  ).end({
    prettyPrint: true,
  });
}

function controlSum(amounts: readonly Amount[]): string {
  const unit = amounts[0]!.unit;
  return decimalText({ unit, minor: amounts.reduce((sum, each) => sum + each.minor, 0n) });
}
