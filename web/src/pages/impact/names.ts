import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

/** Indicators by their stable id. */
export const INDICATOR_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  'I-01': msg`Visit-days`,
  'I-02': msg`Different people`,
  'I-03': msg`Relations between territories`,
  'I-04': msg`Share of visits across borders`,
  'I-05': msg`Imbalance between receiving and sending`,
  'I-06': msg`What netting saves in payments`,
  'I-07': msg`Occupancy brought by the network`,
  'I-08': msg`Income of spaces`,
  'I-09': msg`Spent nearby, per day`,
  'I-10': msg`Turnover and jobs of spaces`,
  'I-11': msg`Business links`,
  'I-12': msg`Projects born`,
  'I-13': msg`Spread of public money`,
  'I-14': msg`Uptake of sponsors’ budgets`,
  'I-15': msg`Cost of a day of a public agent`,
  'I-16': msg`Encounters`,
  'I-17': msg`Days of immersion`,
  'I-18': msg`What stays taught both sides`,
  'I-19': msg`Introductions that were followed`,
  'I-20': msg`Met someone useful`,
  'I-21': msg`Step-free spaces`,
  'I-22': msg`First time in a coworking space`,
  'I-23': msg`Hours taken over by public actors`,
  'I-24': msg`Events open to visitors`,
  'I-25': msg`Cross initiatives alive`,
  'I-26': msg`Stories published`,
  'I-27': msg`Commuting avoided`,
  'I-28': msg`CO₂e of the other commute`,
  'I-29': msg`CO₂e of the trips`,
  'I-30': msg`Share of green travel`,
  'I-31': msg`Fragility of spaces`,
  'I-32': msg`Health of the charter`,
  'I-33': msg`Freshness of the data bank`,
  'I-34': msg`Days until a host is paid`,
};

export const FAMILY_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  ECO: msg`Economy`,
  SOC: msg`People`,
  CUL: msg`Culture`,
  ENV: msg`Environment`,
  NET: msg`Network`,
};

export const BLANK_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  '<5': msg`fewer than five people`,
  few_spaces: msg`fewer than three spaces`,
  dominance: msg`nearly all of one space`,
  difference: msg`would tell of a few by the difference to an earlier release`,
  complementary: msg`hidden so that another cell cannot be computed`,
  not_measured: msg`not measured`,
};

export const MEASURE_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  mean: msg`mean`,
  median: msg`median`,
  gross: msg`gross`,
  net: msg`net`,
  events: msg`events`,
  attendance: msg`attendance`,
  turnover: msg`turnover`,
  jobs: msg`jobs`,
};

export const UNIT_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  'visit-days': msg`days`,
  persons: msg`people`,
  days: msg`days`,
};

export const STATE_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  COLLECTING: msg`collecting`,
  FROZEN: msg`frozen`,
  COMPUTED: msg`computed`,
  DISCLOSURE_CHECKED: msg`checked for disclosure`,
  REVIEWED: msg`reviewed`,
  PUBLISHED: msg`published`,
  CORRECTED: msg`corrected by a newer version`,
};
