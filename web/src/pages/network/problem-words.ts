import { t } from '@lingui/core/macro';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';

/** The refusals of the clearing house in the reader's language; all others as everywhere. */
export function moneyProblemText(error: unknown): string {
  return (error instanceof ApiProblem && sentence(error.code)) || problemText(error);
}

function sentence(code: string): string | undefined {
  switch (code) {
    case 'approval.missing':
      return t`Two people have to say yes to this. Propose it, then ask a colleague.`;
    case 'approval.same_person':
    case 'bank_account.four_eyes':
    case 'payment_batch.four_eyes':
      return t`You proposed this yourself. Somebody else has to approve it.`;
    case 'approval.subject_taken':
      return t`This is proposed already. Reload to see it.`;
    case 'window.not_over':
      return t`The period of this window is not over yet.`;
    case 'window.bad_until':
      return t`The window cannot end on this day. Choose one between its first day and today.`;
    case 'window.clock_running':
      return t`Lines may still be disputed. The payments can be called when that time is over.`;
    case 'window.out_of_order':
      return t`An earlier window comes first.`;
    case 'window.documents_open':
      return t`The documents are still being issued. Try again in a moment.`;
    case 'window.payments_open':
      return t`Not every payment is made or has failed yet.`;
    case 'exchange_rate.missing':
      return t`A currency of this window has no exchange rate. Enter one, and have it approved.`;
    case 'exchange_rate.stale':
      return t`The last exchange rate is older than seven days. Enter a new one, and have it approved.`;
    case 'bank_account.bad_iban':
      return t`The check digits of this IBAN do not fit. Copy it once more from the bank.`;
    case 'bank_account.bad_bic':
      return t`A BIC has 8 or 11 letters and digits. It may be left out.`;
    default:
      return bankSentence(code) ?? officeSentence(code);
  }
}

function officeSentence(code: string): string | undefined {
  switch (code) {
    case 'seller.bad_account':
      return t`The check digits of this IBAN do not fit. Copy it once more from the bank.`;
    case 'seller.bad_vat_number':
      return t`This VAT number cannot be right. Write the country first, as in FR83404833048.`;
    case 'webhook.address_refused':
      return t`Nothing is sent there: give an https address on its usual port, without a password in it.`;
    case 'webhook.disabled':
      return t`This endpoint is switched off. Make a new one.`;
    default:
      return undefined;
  }
}

function bankSentence(code: string): string | undefined {
  switch (code) {
    case 'payment_batch.account_missing':
      return t`A party of these payments has no bank account yet. Enter it, and have it approved.`;
    case 'payment_batch.in_another_batch':
      return t`One of these payments is in another batch. Reject that one first.`;
    case 'bank_file.unreadable':
      return t`This file cannot be read. Ask the bank for a camt.053, an MT940 or a table.`;
    case 'bank_file.mapping_missing':
      return t`Say first which column of the table holds what.`;
    case 'bank_file.other_account':
      return t`The file is of another account than the one chosen.`;
    case 'bank_file.has_faults':
      return t`Rows that cannot be taken stop the whole file. Nothing was stored.`;
    case 'match.too_much':
      return t`That is more than is open of the line or of the payment.`;
    case 'match.does_not_fit':
      return t`The line and the payment do not belong together: another direction, currency or account.`;
    case 'dispute.not_advised':
      return t`The statements of this window are not out yet: lines are disputed once they are.`;
    case 'dispute.too_much':
      return t`More is disputed than the line is worth.`;
    case 'file.type_refused':
      return t`A file is a PDF, PNG, JPEG or WebP.`;
    case 'treasury_rules.day_taken':
      return t`Other rules begin on that day already. Choose another day.`;
    case 'dispute.too_late':
      return t`The time to dispute this line is over.`;
    case 'dispute.record_taken':
      return t`This line is disputed already.`;
    case 'dispute.wrong_move':
      return t`It is the other side's turn. Reload to see where it stands.`;
    case 'agreement.notice_too_short':
      return t`Changed terms need 15 days of notice. Choose a later first day.`;
    case 'agreement.under_floor':
      return t`A rate is under the floor of its host.`;
    default:
      return undefined;
  }
}
