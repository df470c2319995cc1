import { z } from 'zod';
import { wireAmount, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 4_000;
const EVIDENCE_MAX = 20;
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const evidence = z.array(wireId).max(EVIDENCE_MAX).default([]);
export const DISPUTE_CODES = [
  'NOT_OUR_GUEST',
  'NOT_THERE',
  'WRONG_DAY',
  'WRONG_TERMS',
  'DUPLICATE',
  'PLACE_NOT_AS_AGREED',
  'OTHER',
] as const;

/** By whoever owes the line. Without an amount, all of it is disputed. */
export const PutDispute = z
  .strictObject({
    recordId: wireId,
    code: z.enum(DISPUTE_CODES),
    amountMinor: z.int().min(1).optional(),
    text,
    scanIds: evidence,
    fileIds: evidence,
  })
  .meta({ id: 'PutDispute' });
export type PutDispute = z.output<typeof PutDispute>;

const moveKind = z.enum(['WRITE', 'RESPOND', 'ESCALATE', 'AUTHORISE', 'PROPOSE', 'AGREE', 'ARBITRATE']);
export const PutMove = z
  .strictObject({
    kind: moveKind,
    text,
    amountMinor: z.int().min(0).optional(),
    scanIds: evidence,
    fileIds: evidence,
  })
  .meta({ id: 'PutDisputeMove' });
export type PutMove = z.output<typeof PutMove>;

const FILE_NAME_LENGTH_MAX = 200;
/** Of the file in the body: whose line it is for, and what it is called. */
export const EvidenceFileQuery = z
  .strictObject({ recordId: wireId, name: z.string().trim().min(1).max(FILE_NAME_LENGTH_MAX) })
  .meta({ id: 'EvidenceFileQuery' });
export type EvidenceFileQuery = z.output<typeof EvidenceFileQuery>;
export const EvidenceFileView = z
  .strictObject({ id: wireId, recordId: wireId, name: z.string() })
  .meta({ id: 'EvidenceFile' });
export type EvidenceFileView = z.infer<typeof EvidenceFileView>;

const party = z.strictObject({ id: wireId, name: z.string() });
const MoveView = z.strictObject({
  id: wireId,
  kind: z.enum([...moveKind.options, 'OPEN', 'SILENCE']),
  side: z.enum(['CREDITOR', 'DEBTOR', 'TREASURER', 'CLOCK']),
  stage: z.int(),
  text: z.string(),
  amountMinor: z.int().nullable(),
  scanIds: z.array(wireId),
  fileIds: z.array(wireId),
  files: z.array(z.strictObject({ id: wireId, name: z.string() })),
  movedAt: wireInstant,
});

export const DisputeView = z
  .strictObject({
    id: wireId,
    recordId: wireId,
    windowId: wireId,
    debtor: party,
    creditor: party,
    disputed: wireAmount,
    code: z.enum(DISPUTE_CODES),
    state: z.enum([
      'OPEN',
      'RESPONDED',
      'ESCALATED',
      'CORRESPONDENCE',
      'AUTHORISED_TO_BILL',
      'DEFAULTED',
      'SETTLED_BETWEEN_PARTIES',
      'ARBITRATED',
    ]),
    stage: z.int(),
    awaits: z.enum(['CREDITOR', 'DEBTOR']).nullable(),
    dueAt: wireInstant.nullable(),
    /** The payment of this line waits for the end. */
    isSuspended: z.boolean(),
    billedMinor: z.int().nullable(),
    openedAt: wireInstant,
    endedAt: wireInstant.nullable(),
    moves: z.array(MoveView),
  })
  .meta({ id: 'Dispute' });
export type DisputeView = z.infer<typeof DisputeView>;
export const DisputePage = wirePage(DisputeView.omit({ moves: true })).meta({ id: 'DisputePage' });
export type DisputePage = z.infer<typeof DisputePage>;

export const DisputesQuery = z
  .union([z.strictObject({ networkId: wireId }), z.strictObject({ partyId: wireId })])
  .meta({ id: 'DisputesQuery' });
export type DisputesQuery = z.output<typeof DisputesQuery>;
export const AgeingQuery = z.strictObject({ networkId: wireId }).meta({ id: 'DisputeAgeingQuery' });
export type AgeingQuery = z.output<typeof AgeingQuery>;

/** Open disputes by their age in days, for every member to see. */
const Ageing = z.strictObject({
  unit: wireAmount.shape.unit,
  age: z.enum(['0-7', '8-30', '31-90', '91+']),
  disputes: z.int(),
  disputedMinor: z.int(),
});
export const AgeingPage = wirePage(Ageing).meta({ id: 'DisputeAgeing' });
export type AgeingPage = z.infer<typeof AgeingPage>;
