import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ActView } from '@wire/audit/acts.schema.js';

const SECTION: Readonly<Record<ActView['section'], MessageDescriptor>> = {
  WINDOWS: msg`Windows`,
  TWO_PEOPLE: msg`What takes two people`,
  RULES: msg`Rules`,
  BANK: msg`Bank`,
  BOOKS: msg`Books`,
  DISPUTES: msg`Disputes`,
};
const THINGS: Readonly<Record<string, MessageDescriptor>> = {
  WINDOW: msg`Window`,
  PAYMENT: msg`Payment`,
  CLOSE_WINDOW: msg`Closing of a window`,
  CLOSE_PERIOD: msg`Closing of a month`,
  PAY: msg`A payment`,
  RATE: msg`An exchange rate`,
  OPENING_BALANCE: msg`An opening balance`,
  COLLECT: msg`Collecting before paying`,
  NETWORK_RULES: msg`Rules of the network`,
  PARTY_RULES: msg`Limit and VAT of a member`,
  STANDING: msg`Standing of a member`,
  BANK_ACCOUNT: msg`Bank account`,
  BATCH: msg`Payment batch`,
  BANK_FILE: msg`File of the bank`,
  PERIOD: msg`Month of the books`,
  DISPUTE: msg`Dispute`,
};
const STEPS: Readonly<Record<string, MessageDescriptor>> = {
  OPEN: msg`opened`,
  CLOSED: msg`closed`,
  SOFT_CLOSED: msg`closed softly`,
  ADVISED: msg`statements sent`,
  CALLED: msg`payments called`,
  SETTLED: msg`settled`,
  ABORTED: msg`aborted`,
  MADE: msg`marked as made`,
  FAILED: msg`failed`,
  PROPOSED: msg`proposed`,
  APPROVED: msg`approved`,
  SENT: msg`sent to the bank`,
  BOOKED: msg`booked by the bank`,
  REJECTED: msg`rejected`,
  IMPORTED: msg`imported`,
  WRITTEN: msg`written`,
  ACTIVE: msg`active`,
  DEFAULTED: msg`in default`,
  LEAVING: msg`leaving`,
  WRITE: msg`a word`,
  RESPOND: msg`an answer`,
  ESCALATE: msg`next stage`,
  AUTHORISE: msg`the bill accepted`,
  PROPOSE: msg`an amount proposed`,
  AGREE: msg`agreed`,
  ARBITRATE: msg`decided`,
  SILENCE: msg`lost by silence`,
};

/** What has no words of ours yet is shown as it is. */
const said = (words: Readonly<Record<string, MessageDescriptor>>) => (code: string) =>
  words[code] ? i18n._(words[code]) : code;

export const sectionText = (section: ActView['section']) => i18n._(SECTION[section]);
export const thingText = said(THINGS);
export const stepText = said(STEPS);
