import { queryOptions, useMutation } from '@tanstack/react-query';
import { AuthorPage } from '@wire/audit/acts.schema.js';
import { BankAccountPage, BankLinePage, PaymentBatchPage } from '@wire/banking/banking.schema.js';
import { VisitRecordView } from '@wire/checkin/checkin.schema.js';
import { AgeingPage, DisputePage, DisputeView, EvidenceFileView } from '@wire/disputes/dispute.schema.js';
import { NetworkView } from '@wire/directory/directory.schema.js';
import { AgreementPage, AgreementView } from '@wire/reciprocity/agreement.schema.js';
import { AgreementMatrixView } from '@wire/reciprocity/floor.schema.js';
import { QualityPage, ReviewPage } from '@wire/review/review.schema.js';
import { ExposurePage } from '@wire/settlement/credit.schema.js';
import { ReminderPage } from '@wire/settlement/reminder.schema.js';
import { StatementView } from '@wire/settlement/statement.schema.js';
import { PairPage, SettlementHealthView } from '@wire/settlement/usage.schema.js';
import {
  PaymentPage,
  PositionPage,
  ProofView,
  WindowPage,
  WindowView,
} from '@wire/settlement/window.schema.js';
import {
  ApprovalPage,
  ExchangeRatePage,
  NetworkRulesPage,
  PartyRulesPage,
  StandingPage,
} from '@wire/treasury/treasury.schema.js';
import type { z } from 'zod';
import { queries } from '../app/queries';
import { call } from './call';

const NETWORK_KEY = 'network';

const read = <Out extends z.ZodType>(path: `/v1/${string}`, returns: Out) =>
  queryOptions({
    queryKey: [NETWORK_KEY, path],
    queryFn: ({ signal }) => call(path, { returns, signal }),
  });

export const networkQuery = (id: string) => read(`/v1/networks/${id}`, NetworkView);
export const windowsQuery = (id: string) => read(`/v1/windows?networkId=${id}`, WindowPage);
export const windowsOfQuery = (partyId: string) => read(`/v1/windows?partyId=${partyId}`, WindowPage);
export const windowQuery = (id: string) => read(`/v1/windows/${id}`, WindowView);
export const positionsQuery = (id: string) => read(`/v1/windows/${id}/positions`, PositionPage);
export const paymentsQuery = (id: string) => read(`/v1/windows/${id}/payments`, PaymentPage);
export const pairsQuery = (id: string) => read(`/v1/windows/${id}/pairs`, PairPage);
export const proofQuery = (id: string) => read(`/v1/windows/${id}/proof`, ProofView);
export const statementQuery = (id: string, partyId: string) =>
  read(`/v1/windows/${id}/statements/${partyId}`, StatementView);
export const recordQuery = (id: string) => read(`/v1/visit-records/${id}`, VisitRecordView);
export const agreementQuery = (id: string) => read(`/v1/agreements/${id}`, AgreementView);
export const agreementsQuery = read('/v1/agreements', AgreementPage);
export const matrixQuery = (id: string, day: string) =>
  read(`/v1/agreement-matrix?networkId=${id}&day=${day}`, AgreementMatrixView);
export const approvalsQuery = (id: string) => read(`/v1/approvals?networkId=${id}`, ApprovalPage);
export const rulesQuery = (id: string) => read(`/v1/network-rules?networkId=${id}`, NetworkRulesPage);
export const partyRulesQuery = (id: string) => read(`/v1/party-rules?networkId=${id}`, PartyRulesPage);
export const standingsQuery = (id: string) => read(`/v1/standings?networkId=${id}`, StandingPage);
export const remindersQuery = (windowId: string) => read(`/v1/windows/${windowId}/reminders`, ReminderPage);
export const authorsQuery = (id: string) => read(`/v1/act-authors?networkId=${id}`, AuthorPage);
export const ratesQuery = (id: string) => read(`/v1/exchange-rates?networkId=${id}`, ExchangeRatePage);
export const disputesQuery = (id: string) => read(`/v1/disputes?networkId=${id}`, DisputePage);
export const disputesOfQuery = (partyId: string) => read(`/v1/disputes?partyId=${partyId}`, DisputePage);
export const disputeQuery = (id: string) => read(`/v1/disputes/${id}`, DisputeView);
export const ageingQuery = (id: string) => read(`/v1/dispute-ageing?networkId=${id}`, AgeingPage);
export const qualityQuery = (id: string) => read(`/v1/quality-scores?networkId=${id}`, QualityPage);
export const exposuresQuery = (id: string) => read(`/v1/exposures?networkId=${id}`, ExposurePage);
export const healthQuery = (id: string) =>
  read(`/v1/settlement-health?networkId=${id}`, SettlementHealthView);
export const reviewsQuery = (id: string, state: string) =>
  read(`/v1/record-reviews?networkId=${id}&state=${state}`, ReviewPage);
export const bankAccountsQuery = (id: string) => read(`/v1/bank-accounts?networkId=${id}`, BankAccountPage);
export const bankLinesQuery = (id: string) => read(`/v1/bank-lines?networkId=${id}`, BankLinePage);
export const batchesQuery = (windowId: string) =>
  read(`/v1/payment-batches?windowId=${windowId}`, PaymentBatchPage);

/** A receipt or a photograph for a line, before it is said what it shows. */
export function addEvidence(id: string, recordId: string, file: File) {
  const query = new URLSearchParams({ recordId, name: file.name });
  return call(`/v1/evidence-files/${id}?${query}`, { method: 'PUT', body: file, returns: EvidenceFileView });
}

/** After any act everything of the network is asked again: one closing moves windows, positions and payments. */
export function useAct<Given = void, Out = unknown>(run: (given: Given) => Promise<Out>) {
  return useMutation({
    mutationFn: run,
    onSettled: () => queries.invalidateQueries({ queryKey: [NETWORK_KEY] }),
  });
}
