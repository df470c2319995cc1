import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { PaymentBatchView, BankAccountView } from '@wire/banking/banking.schema.js';
import type { DisputeView } from '@wire/disputes/dispute.schema.js';
import type { ReviewView } from '@wire/review/review.schema.js';
import type { PositionView, ProofView, WindowView } from '@wire/settlement/window.schema.js';
import type { StatementView } from '@wire/settlement/statement.schema.js';
import type { StandingView } from '@wire/treasury/treasury.schema.js';
import type { z } from 'zod';

type Words<Code extends string> = Readonly<Record<Code, MessageDescriptor>>;
const said =
  <Code extends string>(words: Words<Code>) =>
  (code: Code): string =>
    i18n._(words[code]);

export const windowState = said<WindowView['state']>({
  OPEN: msg`Open`,
  CLOSED: msg`Closed`,
  ADVISED: msg`Statements out`,
  CALLED: msg`Payments called`,
  SETTLED: msg`Settled`,
  ABORTED: msg`Aborted`,
});

export const positionState = said<z.infer<typeof PositionView>['state']>({
  CALCULATED: msg`calculated`,
  RESERVED: msg`reserved`,
  COMMITTED: msg`called`,
  PAID_OUT: msg`paid out`,
  COLLECTED: msg`collected`,
  RECONCILED: msg`reconciled`,
  FAILED: msg`failed`,
});

export const reviewState = said<ReviewView['state']>({
  PLAUSIBLE: msg`waits for the debtor`,
  AWAITS_GUEST: msg`waits for the guest`,
  BOUNCED: msg`bounced`,
  APPROVED: msg`approved`,
  DECLINED: msg`declined`,
  DEEMED_APPROVED: msg`approved by silence`,
});

export const evidenceText = said<ReviewView['evidence']>({
  A: msg`A: live code, read online`,
  B: msg`B: live code, read offline`,
  C: msg`C: printed card`,
  D: msg`D: by hand`,
});

export const modeText = said<'GIFT' | 'ACCRUAL_CASH' | 'ACCRUAL_IN_KIND'>({
  GIFT: msg`as a gift`,
  ACCRUAL_CASH: msg`against money`,
  ACCRUAL_IN_KIND: msg`against days`,
});

export const chargeText = said<StatementView['charges'][number]['kind']>({
  FEE: msg`Network fee`,
  SOLIDARITY: msg`Solidarity share`,
  DUES: msg`Yearly dues`,
  CREDIT: msg`Credit`,
  RELEASE: msg`Released after a dispute`,
  CARRIED: msg`Carried over`,
  REBILLED: msg`Billed again`,
  SERVICE: msg`Cross service`,
  OPENING: msg`Opening balance`,
});

export const proofText = said<ProofView['checks'][number]['name']>({
  lines_match_records: msg`Every line is a sealed visit, to the cent.`,
  lines_hash_unchanged: msg`No line was changed since the closing.`,
  positions_match_lines: msg`Every position is the sum of its lines.`,
  positions_sum_to_zero: msg`All positions together are zero.`,
  payments_clear_positions: msg`The payments bring every position to zero.`,
  documents_match_lines: msg`Every claim has its document.`,
  charges_match_terms: msg`Fees and shares are those of the agreements.`,
  documents_equal_offsets_and_payments: msg`Documents equal what is offset and what is paid.`,
  twin_agrees: msg`A second, independent computation agrees.`,
});

export const batchState = said<PaymentBatchView['state']>({
  PROPOSED: msg`proposed`,
  APPROVED: msg`approved by two`,
  SENT: msg`sent to the bank`,
  BOOKED: msg`booked by the bank`,
  REJECTED: msg`rejected`,
});

export const accountState = said<BankAccountView['state']>({
  PROPOSED: msg`waits for a second person`,
  WAITING: msg`cools down`,
  USED: msg`in use`,
  REPLACED: msg`replaced`,
});

export const disputeState = said<DisputeView['state']>({
  OPEN: msg`opened`,
  RESPONDED: msg`answered`,
  ESCALATED: msg`second stage`,
  CORRESPONDENCE: msg`correspondence`,
  AUTHORISED_TO_BILL: msg`authorised to bill`,
  DEFAULTED: msg`lost by silence`,
  SETTLED_BETWEEN_PARTIES: msg`settled between them`,
  ARBITRATED: msg`arbitrated`,
});

export const reasonText = said<
  | DisputeView['code']
  | 'FUTURE_DAY'
  | 'TERMS_NOT_IN_FORCE'
  | 'RATE_UNKNOWN'
  | 'DAY_ALREADY_CHARGED'
  | 'HAND_LIMIT'
>({
  NOT_OUR_GUEST: msg`Not our guest`,
  NOT_THERE: msg`Was not there`,
  WRONG_DAY: msg`Wrong day`,
  WRONG_TERMS: msg`Wrong terms`,
  DUPLICATE: msg`Counted twice`,
  PLACE_NOT_AS_AGREED: msg`The place was not as agreed`,
  OTHER: msg`Another reason`,
  FUTURE_DAY: msg`The day is still to come`,
  TERMS_NOT_IN_FORCE: msg`The terms were not in force`,
  RATE_UNKNOWN: msg`No such rate was agreed`,
  DAY_ALREADY_CHARGED: msg`The day is charged already`,
  HAND_LIMIT: msg`Too many entries by hand`,
});

export const profileText = said<z.infer<typeof PositionView>['profile']>({
  NETTING_ALLOWED: msg`netted`,
  GROSS_ONLY: msg`paid in full, never offset`,
  IN_KIND_ONLY: msg`in days only`,
});

export const standingText = said<StandingView['standing']>({
  ACTIVE: msg`active`,
  DEFAULTED: msg`in default`,
  LEAVING: msg`leaving`,
});
